import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { type DistributionPart, distributionPlot, type Drawn, type Plot, trendOf } from '../view-models/kpi-plots.ts';
import { define } from './console-part.ts';
import { KpiPart } from './kpi-part.ts';
import { look } from './look.css.ts';

/** A figure day by day, and how its values are distributed, each with what its lines are. */
export class KpiCharts extends KpiPart {
  static override properties = { ...KpiPart.properties, span: { attribute: false } };
  static override styles = [
    look,
    css`
      .chart {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 2px 4px;
        font-size: 11px;
      }
      .scale {
        display: flex;
        flex-direction: column-reverse;
        justify-content: space-between;
        text-align: right;
        line-height: 12px;
      }
      .ends {
        grid-column: 2;
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 12px;
        padding: 0 6px;
      }
      psc-kpi-plot {
        height: 96px;
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        font-size: 12px;
      }
      .legend svg {
        width: 18px;
        height: 10px;
        margin-right: 4px;
        fill: none;
        stroke: currentcolor;
        stroke-width: 2;
      }
      .legend .target {
        stroke: var(--red-ui-secondary-text-color);
        stroke-dasharray: 6 3;
      }
      .legend :is(.forecast, .median, .p90) {
        stroke: var(--psc-blue);
        stroke-width: 2.5;
      }
      .legend :is(.forecast, .p90) {
        stroke-dasharray: 2 3;
      }
      .legend .missed {
        stroke: var(--red-ui-text-color-error);
      }
    `,
  ];
  /** the days that were asked for */
  declare span: { from: string; to: string };

  override render() {
    const title = this.words(`kpi.name.${this.kpi.name}`);
    return [this.trend(title), this.distribution(title)];
  }

  private trend(title: string) {
    const { kpi } = this;
    const { formats } = this.host;
    const plot = trendOf(
      kpi,
      this.span,
      ({ day, value, count }) => `${formats.date(day)}: ${this.shown(value)} (${formats.number(count)})`,
    );
    if (!plot) return nothing;
    const days = plot.drawn.find(({ kind }) => kind === 'days')!.points;
    const beyond = kpi.days.filter((_, place) => days.filter((point) => point)[place]?.beyond).map(({ value }) => value);
    const legend = plot.drawn.flatMap(({ kind }) =>
      kind === 'target' || kind === 'forecast' ? [sign(kind, this.words(`kpi.legend.${kind}`))] : [],
    );
    if (days.some((point) => point?.missed)) legend.push(sign('missed', this.words('kpi.legend.missed')));
    if (beyond.length > 0) legend.push(sign('beyond', this.words('kpi.legend.beyond', { most: this.shown(Math.max(...beyond)) })));
    return this.chart({
      plot,
      name: this.words('kpi.line', { title }),
      scale: plot.scale.map((value) => this.shown(value)),
      ends: [formats.day(this.span.from), formats.day(dayAfter(this.span.from, plot.across[1]))],
      legend,
    });
  }

  private distribution(title: string) {
    const { kpi } = this;
    const { distribution, median, p90, count } = kpi;
    if (distribution === null) return nothing;
    const { formats } = this.host;
    const plot = distributionPlot(kpi, (part) => `${this.partText(part)}: ${formats.number(part.count)}`);
    return html`${
      plot
        ? html`<h3>${this.words('kpi.distribution')}</h3>
            ${this.chart({
              plot,
              name: this.words('kpi.spread', { title }),
              scale: plot.scale.map((value) => formats.number(value)),
              ends: this.endsOf(distribution.parts),
              legend: [
                sign('median', `${this.words('kpi.median')} ${this.shown(median)}`),
                sign('p90', `${this.words('kpi.p90')} ${this.shown(p90)}`),
                ...plot.drawn.flatMap(({ kind }) => (kind === 'target' ? [sign(kind, this.words('kpi.legend.target'))] : [])),
              ],
            })}`
        : nothing
    }
    ${
      distribution.count < count
        ? html`<p class="quiet" data-testid="psc-kpi-unknown">
            ${this.words('kpi.known', { n: formats.number(distribution.count), all: formats.number(count) })}
          </p>`
        : nothing
    }`;
  }

  private chart({
    plot,
    name,
    scale,
    ends,
    legend,
  }: {
    plot: Plot;
    name: string;
    scale: string[];
    ends: string[];
    legend: TemplateResult[];
  }) {
    return html`<div class="chart">
        <div class="scale quiet" aria-hidden="true">${scale.map((line) => html`<span>${line}</span>`)}</div>
        <psc-kpi-plot role="img" aria-label=${name} .plot=${plot}></psc-kpi-plot>
        <div class="ends quiet" aria-hidden="true">${ends.map((end) => html`<span>${end}</span>`)}</div>
      </div>
      ${
        legend.length === 0
          ? nothing
          : html`<ul class="legend quiet">
              ${legend}
            </ul>`
      }`;
  }

  private endsOf(parts: readonly DistributionPart[]): string[] {
    const [first, last] = [parts[0]!, parts.at(-1)!];
    const low = this.shown(first.from ?? 0);
    return [low, last.to === null ? `> ${this.shown(last.from ?? 0)}` : this.shown(last.to)];
  }
}

/** The day so many days later. */
const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** A line of the legend: how it is drawn, and what it is. */
function sign(kind: Drawn['kind'] | 'beyond', text: string): TemplateResult {
  const [upright, level] = [svg`<path d="M9 0v10"></path>`, svg`<path d="M0 5h18"></path>`];
  const forms = {
    ...{ target: level, forecast: level, days: level, bar: level, median: upright, p90: upright },
    ...{ missed: svg`<path d="M9 .5l4.5 4.5l-4.5 4.5l-4.5 -4.5z"></path>`, beyond: svg`<path d="M4.5 9h9l-4.5 -8z"></path>` },
  };
  return html`<li><svg viewBox="0 0 18 10" class=${kind} aria-hidden="true" focusable="false">${forms[kind]}</svg>${text}</li>`;
}

define('psc-kpi-charts', KpiCharts);
