import { css, html, nothing } from 'lit';
import type { Kpi } from '../answers.ts';
import './give-out.ts';
import { define } from './console-part.ts';
import { icon } from './icons.ts';
import './kpi-charts.ts';
import './kpi-details.ts';
import './kpi-groups.ts';
import { type Grouping, groupings } from './kpi-part.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';

const spans = [7, 30, 90] as const;

/** What a firm watches of its integration: each figure with its target, its days and its groups. */
export class KpisView extends LivePart {
  static override properties = {
    ...LivePart.properties,
    kpis: { state: true },
    days: { state: true },
    by: { state: true },
    charts: { state: true },
  };
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
        grid-template-columns: repeat(auto-fill, minmax(min(300px, 100%), 1fr));
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
    `,
  ];
  declare private kpis: readonly Kpi[];
  declare private days: (typeof spans)[number];
  declare private by: Grouping;
  /** whether there is what draws them; undefined = it is still on its way */
  declare private charts: boolean | undefined;
  private span = { from: '', to: '' };

  constructor() {
    super();
    this.kpis = [];
    this.days = 30;
    this.by = 'flow';
  }

  /** What draws is not small: it is fetched when there is something to draw. */
  override connectedCallback(): void {
    super.connectedCallback();
    import('./kpi-plot.ts').then(
      () => (this.charts = true),
      () => (this.charts = false),
    );
  }

  protected override async load(): Promise<() => void> {
    const { kpis, from, to } = await this.host.api.get('kpis', { days: this.days, by: this.by });
    return () => {
      this.span = { from, to };
      this.kpis = kpis;
    };
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
          .askParquet=${() => this.host.api.parquet('exports/kpis', { days: this.days, by: this.by })}
        ></psc-give-out>
      </div>
      ${this.loaded || this.trouble ? nothing : html`<p class="nothing">${this.words('loading')}</p>`}
      ${this.charts === false ? html`<psc-notice tone="warn" data-testid="psc-no-charts" .text=${this.words('kpi.noCharts')}></psc-notice>` : nothing}
      <div class="tiles" data-testid="psc-kpis">${this.kpis.map((kpi) => this.tile(kpi))}</div>`;
  }

  private tile(kpi: Kpi) {
    const { host } = this;
    const shown = (of: number) => host.formats.figure(of, kpi.unit);
    const { name, value, missed, count, forecast, noValue } = kpi;
    const title = this.words(`kpi.name.${name}`);
    return html`<article class="card" data-testid="psc-kpi" data-kpi=${name} aria-label=${title}>
      <h2>${title}</h2>
      ${
        value === null
          ? html`<p class="quiet">${this.words(`kpi.${noValue ?? 'nothing-measured'}`)}</p>`
          : html`<div>
              <span class="value number">${shown(value)}</span>
              <span class="state ${missed ? 'bad' : 'good'}"
                >${icon(missed ? 'cross' : 'check')}${this.words(missed ? 'kpi.missed' : 'kpi.met')}</span
              >
            </div> `
      }
      <div class="quiet">
        ${this.words(`kpi.target.${kpi.better}`, { target: shown(kpi.target) })}${count > 0 ? html` · ${this.words('kpi.measured', { n: this.host.formats.number(count) })}` : nothing}
      </div>
      ${forecast === null ? nothing : html`<div class="quiet">${this.words('kpi.forecast', { value: shown(forecast) })}</div>`}
      ${
        count > 0
          ? html`<psc-kpi-charts .host=${host} .kpi=${kpi} .span=${this.span}></psc-kpi-charts>
              <psc-kpi-groups .host=${host} .kpi=${kpi} .by=${this.by}></psc-kpi-groups>
              <psc-kpi-details .host=${host} .kpi=${kpi} .by=${this.by}></psc-kpi-details>`
          : nothing
      }
    </article>`;
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
