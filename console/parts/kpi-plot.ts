import { type Drawn as MarkDrawn, FixedScaleAxis, LineChart, Svg } from 'chartist';
import { css, LitElement } from 'lit';
import type { Drawn, Plot, Point } from '../view-models/kpi-plots.ts';
import { define } from './console-part.ts';

/** Room for a mark at the edge. */
export const margin = 6;

const filled = { showArea: true, showLine: false };
const unlabelled = { type: FixedScaleAxis, showLabel: false, offset: 0 };

/** A chart. What it shows is said beside it and in a table: to who cannot see it, it is one picture. Fetched when there is one to draw. */
export class KpiPlot extends LitElement {
  static override properties = { plot: { attribute: false } };
  static override styles = css`
    :host {
      display: block;
      height: 96px;
      min-width: 0;
      overflow: hidden;
    }
    svg {
      display: block;
    }
    line,
    path {
      fill: none;
      stroke-width: 1.5px;
      stroke: currentcolor;
    }
    .ct-grid {
      stroke-width: 1px;
      stroke: var(--red-ui-primary-border-color);
    }
    .days .ct-point {
      stroke-width: 5px;
      stroke-linecap: round;
    }
    .days .missed {
      fill: var(--red-ui-secondary-background);
      stroke: var(--red-ui-text-color-error);
      stroke-width: 2px;
    }
    .target path {
      stroke: var(--red-ui-secondary-text-color);
      stroke-dasharray: 6 3;
    }
    .forecast path {
      stroke: var(--psc-blue);
      stroke-width: 2.5px;
      stroke-dasharray: 2 3;
    }
    .bar path {
      stroke: none;
      fill: color-mix(in srgb, currentcolor 45%, var(--red-ui-secondary-background));
    }
    path.ct-area {
      stroke-width: 1px;
    }
    .missed path {
      stroke: var(--red-ui-text-color-error);
      fill: color-mix(in srgb, var(--red-ui-text-color-error) 25%, var(--red-ui-secondary-background));
    }
    .median path {
      stroke-width: 2.5px;
      stroke: var(--psc-blue);
    }
    .p90 path {
      stroke-width: 2.5px;
      stroke: var(--psc-blue);
      stroke-dasharray: 2 3;
    }
  `;
  declare plot: Plot;
  private chart: LineChart | undefined;
  private readonly box = document.createElement('div');
  private readonly sized = new ResizeObserver(() => this.chart?.update());

  override connectedCallback(): void {
    super.connectedCallback();
    this.sized.observe(this);
    if (this.plot) this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sized.disconnect();
    this.chart?.detach();
    this.chart = undefined;
  }

  protected override render() {
    return this.box;
  }

  protected override updated(): void {
    this.draw();
  }

  private draw(): void {
    const { across, scale, drawn } = this.plot;
    const series = drawn.map(({ kind, points }) => ({ name: kind, className: kind, data: points.map((point) => point && at(point)) }));
    const options = {
      ...{ height: '96px', chartPadding: margin, showPoint: false, lineSmooth: false },
      axisX: { ...unlabelled, low: across[0], high: across[1], ticks: [], showGrid: false },
      axisY: { ...unlabelled, low: scale[0], high: scale.at(-1), ticks: [...scale] },
      series: { days: { showPoint: true }, bar: filled, missed: filled },
    };
    if (this.chart) this.chart.update({ series }, options);
    else
      this.chart = new LineChart(this.box, { series }, options).on(
        'draw',
        mark(() => this.plot.drawn),
      );
  }
}

const at = ({ x, y }: Point) => ({ x, y });

/** Shows by its form, not by its colour alone, what misses the target and what lies beyond the scale; says what a mark stands for to who points at it. */
const mark =
  (drawn: () => readonly Drawn[]) =>
  ({ type, seriesIndex, index, x, y, element }: MarkDrawn) => {
    if (type === 'area') named(element, drawn()[seriesIndex]?.label);
    const point = type === 'point' ? drawn()[seriesIndex]?.points[index] : undefined;
    if (!point) return;
    const form = point.beyond ? `M${x - 4.5} ${y + 4}h9l-4.5 -8z` : `M${x} ${y - 4.5}l4.5 4.5l-4.5 4.5l-4.5 -4.5z`;
    named(
      point.missed || point.beyond ? element.replace(new Svg('path', { d: form }, point.missed ? 'missed' : 'beyond')) : element,
      point.label,
    );
  };

function named(element: Svg, label: string | undefined): void {
  if (label !== undefined) element.elem('title').text(label);
}

define('psc-kpi-plot', KpiPlot);
