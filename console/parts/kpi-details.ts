import { css, html, nothing } from 'lit';
import { misses } from '../view-models/kpi-plots.ts';
import { define } from './console-part.ts';
import { KpiPart } from './kpi-part.ts';
import { look } from './look.css.ts';

/** All values of a figure as tables: what the charts show, for who cannot see them or wants it exactly. */
export class KpiDetails extends KpiPart {
  static override styles = [
    look,
    css`
      .scroll {
        overflow-x: auto;
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
      td,
      thead th:not(:first-child) {
        text-align: right;
      }
      table .bad {
        color: var(--tone);
      }
    `,
  ];

  override render() {
    const { kpi } = this;
    const { formats } = this.host;
    const [mean, measured, median, p90] = ['mean', 'number', 'median', 'p90'].map((name) => this.words(`kpi.${name}`)) as [
      string,
      string,
      string,
      string,
    ];
    const forecast = this.words('kpi.legend.forecast');
    return html`<details>
      <summary>${this.words('kpi.details')}</summary>
      ${this.table(
        this.words(`kpi.grouping.${this.by}`),
        [mean, measured, median, p90, forecast],
        kpi.groups.map(({ group, value, count, missed, ...one }) => ({
          head: html`${this.mark(missed)}${this.nameOf(group)}`,
          cells: [this.shown(value), formats.number(count), this.shown(one.median), this.shown(one.p90), this.shown(one.forecast)],
        })),
      )}
      ${
        kpi.distribution && kpi.distribution.parts.length > 0
          ? this.table(
              this.words('kpi.distribution'),
              [measured],
              kpi.distribution.parts.map((part) => ({ head: this.partText(part), cells: [formats.number(part.count)] })),
            )
          : nothing
      }
      ${this.table(
        this.words('kpi.day'),
        [mean, measured, median, p90],
        kpi.days.toReversed().map(({ day, value, count, ...one }) => ({
          head: html`${this.mark(misses(kpi, value))}${formats.date(day)}`,
          cells: [this.shown(value), formats.number(count), this.shown(one.median), this.shown(one.p90)],
        })),
      )}
    </details>`;
  }

  private table(title: string, columns: readonly string[], rows: readonly { head: unknown; cells: readonly string[] }[]) {
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${title}>
      <table>
        <caption>
          ${title}
        </caption>
        <thead>
          <tr>
            <td></td>
            ${columns.map((column) => html`<th scope="col" class="quiet">${column}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ head, cells }) =>
              html`<tr>
                <th scope="row">${head}</th>
                ${cells.map((cell) => html`<td class="number">${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

define('psc-kpi-details', KpiDetails);
