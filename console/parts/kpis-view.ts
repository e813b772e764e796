import { css, html, nothing, svg } from 'lit';
import type { Kpi } from '../answers.ts';
import { height, kpiLine, width } from '../view-models/kpi-line.ts';
import './give-out.ts';
import { define } from './console-part.ts';
import { icon } from './icons.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

const spans = [7, 30, 90] as const;
const groupings = ['flow', 'entity', 'region', 'practice'] as const;
type Grouping = (typeof groupings)[number];

/** What a firm watches of its integration: each figure with its target, its days and its groups. */
export class KpisView extends LivePart {
  static override properties = { ...LivePart.properties, kpis: { state: true }, days: { state: true }, by: { state: true } };
  static override styles = [
    look,
    css`
      :host {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 12px;
      }
      .asked {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        margin-bottom: 10px;
      }
      .tiles {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(230px, 100%), 1fr));
        gap: 10px;
      }
      .card {
        display: grid;
        gap: 6px;
        align-content: start;
        height: 100%;
        box-sizing: border-box;
      }
      .value {
        font-size: 22px;
        font-weight: 600;
        overflow-wrap: anywhere;
      }
      svg.line {
        width: 100%;
        height: 44px;
        overflow: visible;
        color: var(--red-ui-primary-text-color);
      }
      .line polyline {
        fill: none;
        stroke: currentcolor;
        stroke-width: 1.5;
        vector-effect: non-scaling-stroke;
      }
      .line line {
        stroke: var(--red-ui-secondary-text-color);
        stroke-dasharray: 3 3;
        vector-effect: non-scaling-stroke;
      }
      table {
        width: 100%;
        border-collapse: collapse;
      }
      caption {
        text-align: left;
        padding: 6px 0 2px;
        color: var(--red-ui-secondary-text-color);
      }
      th,
      td {
        text-align: left;
        font-weight: normal;
        padding: 1px 4px 1px 0;
        overflow-wrap: anywhere;
      }
      td {
        text-align: right;
      }
      summary {
        cursor: pointer;
      }
    `,
  ];
  declare private kpis: readonly Kpi[];
  declare private days: (typeof spans)[number];
  declare private by: Grouping;

  constructor() {
    super();
    this.kpis = [];
    this.days = 30;
    this.by = 'flow';
  }

  protected override async load(): Promise<() => void> {
    const { kpis } = await this.host.api.get('kpis', { days: this.days, by: this.by });
    return () => void (this.kpis = kpis);
  }

  override render() {
    return html`${this.troubleNotice()}
      <div class="asked">
        <label
          >${this.words('kpi.days')}
          <select data-testid="psc-kpi-days" @change=${this.askDays}>
            ${spans.map((days) => html`<option value=${days} ?selected=${days === this.days}>${this.words('kpi.lastDays', { n: days })}</option>`)}
          </select></label
        >
        <label
          >${this.words('kpi.by')}
          <select data-testid="psc-kpi-by" @change=${this.askBy}>
            ${groupings.map((by) => html`<option value=${by} ?selected=${by === this.by}>${this.words(`kpi.grouping.${by}`)}</option>`)}
          </select></label
        >
        <psc-give-out
          .host=${this.host}
          name="kpis.csv"
          .ask=${() => this.host.api.get('exports/kpis', { days: this.days, by: this.by })}
        ></psc-give-out>
      </div>
      ${this.loaded || this.trouble ? nothing : html`<p class="nothing">${this.words('loading')}</p>`}
      <div class="tiles" data-testid="psc-kpis">${this.kpis.map((kpi) => this.tile(kpi))}</div>`;
  }

  private tile(kpi: Kpi) {
    const { name, value, missed, count, forecast, noValue } = kpi;
    const title = this.words(`kpi.name.${name}`);
    return html`<article class="card" data-testid="psc-kpi" data-kpi=${name} aria-label=${title}>
      <h2>${title}</h2>
      ${
        value === null
          ? html`<p class="quiet">${this.words(`kpi.${noValue ?? 'nothing-measured'}`)}</p>`
          : html`<div>
                <span class="value number">${this.shown(kpi, value)}</span>
                <span class="state ${missed ? 'bad' : 'good'}"
                  >${icon(missed ? 'cross' : 'check')}${this.words(missed ? 'kpi.missed' : 'kpi.met')}</span
                >
              </div>
              ${this.line(kpi, title)}`
      }
      <div class="quiet">
        ${this.words(`kpi.target.${kpi.better}`, { target: this.shown(kpi, kpi.target) })}${count > 0 ? html` · ${this.words('kpi.measured', { n: this.host.formats.number(count) })}` : nothing}
      </div>
      ${forecast === null ? nothing : html`<div class="quiet">${this.words('kpi.forecast', { value: this.shown(kpi, forecast) })}</div>`}
      ${count > 0 ? this.details(kpi) : nothing}
    </article>`;
  }

  private line(kpi: Kpi, title: string) {
    const line = kpiLine(kpi);
    if (!line) return nothing;
    return html`<svg
      class="line"
      viewBox="0 0 ${width} ${height}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${this.words('kpi.line', { title })}
    >
      ${line.target === undefined ? nothing : svg`<line x1="0" x2=${width} y1=${line.target} y2=${line.target}></line>`}
      ${svg`<polyline points=${line.points}></polyline>`}
    </svg>`;
  }

  private details(kpi: Kpi) {
    const { formats, flows } = this.host;
    const rows = (all: readonly { head: unknown; value: number; count: number }[]) =>
      all.map(
        ({ head, value, count }) =>
          html`<tr>
            <th scope="row">${head}</th>
            <td class="number">${this.shown(kpi, value)}</td>
            <td class="number quiet">${formats.number(count)}</td>
          </tr>`,
      );
    const nameOf = (group: string) => {
      if (group === '') return this.words('kpi.notSaid');
      return outside(this.by === 'flow' ? (flows.flowName(group) ?? group) : group);
    };
    return html`<details>
      <summary>${this.words('kpi.details')}</summary>
      <table>
        <caption>
          ${this.words(`kpi.grouping.${this.by}`)}
        </caption>
        ${rows(kpi.groups.map(({ group, ...of }) => ({ head: nameOf(group), ...of })))}
      </table>
      <table>
        <caption>
          ${this.words('kpi.day')}
        </caption>
        ${rows(kpi.days.toReversed().map(({ day, ...of }) => ({ head: formats.date(day), ...of })))}
      </table>
    </details>`;
  }

  private shown({ unit }: Kpi, value: number): string {
    const { formats } = this.host;
    if (unit === 'hours') return formats.duration(value);
    return unit === 'percent' ? formats.percent(value) : formats.number(value);
  }

  private askDays(event: Event): void {
    this.days = Number((event.target as HTMLSelectElement).value) as KpisView['days'];
    void this.reload();
  }

  private askBy(event: Event): void {
    this.by = (event.target as HTMLSelectElement).value as Grouping;
    void this.reload();
  }
}

define('psc-kpis', KpisView);
