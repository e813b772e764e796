import { css, html, nothing } from 'lit';
import type { Break, Difference, ReconciliationRow } from '../answers.ts';
import { breakCounts, toneOf } from '../view-models/break-counts.ts';
import { compareSides, isEven, type SideLine } from '../view-models/compare-sides.ts';
import { ConsolePart, define } from './console-part.ts';
import { icon } from './icons.ts';
import { look } from './look.css.ts';
import './run-status.ts';
import { plainText } from '../../model/plain-text.ts';
import { outside } from './outside.ts';

/** One reconciliation: both sides' totals, and each break with why it is there. Tells `psc-open` for the run behind a break. */
export class ReconciliationCard extends ConsolePart {
  static override properties = { ...ConsolePart.properties, row: { attribute: false }, open: { type: Boolean } };
  static override styles = [
    look,
    css`
      details.card {
        padding: 0;
      }
      summary {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        align-items: baseline;
        padding: 10px 12px;
        list-style: none;
      }
      summary .state {
        margin-left: auto;
        white-space: normal;
      }
      .body {
        padding: 0 12px 12px;
        display: grid;
        gap: 12px;
      }
      table {
        border-collapse: collapse;
        width: 100%;
        max-width: 720px;
        font-variant-numeric: tabular-nums;
      }
      th,
      td {
        padding: 3px 8px;
        text-align: right;
        border-bottom: 1px solid var(--red-ui-secondary-border-color);
        white-space: nowrap;
        font-weight: 400;
      }
      th:first-child {
        text-align: left;
        padding-left: 0;
      }
      thead th {
        color: var(--red-ui-secondary-text-color);
      }
      /* where both sides do not fit beside each other, each figure has its name: nothing is out of sight */
      @container (max-width: 519px) {
        thead {
          position: absolute;
          clip-path: inset(50%);
        }
        tr {
          display: grid;
          grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
          border-bottom: 1px solid var(--red-ui-secondary-border-color);
          padding: 4px 0;
        }
        th,
        td {
          border-bottom: 0;
          padding: 1px 8px 1px 0;
          text-align: left;
        }
        th[scope='row'] {
          grid-column: 1 / -1;
          font-weight: 600;
        }
        td::before {
          content: attr(data-side);
          display: block;
          font-size: 11px;
          font-weight: 400;
          color: var(--red-ui-secondary-text-color);
        }
      }
      .off {
        color: var(--red-ui-text-color-error);
        font-weight: 600;
      }
      .breaks li {
        padding: 6px 0;
        border-bottom: 1px solid var(--red-ui-secondary-border-color);
        overflow-wrap: anywhere;
        display: grid;
        gap: 1px;
      }
      .breaks li:last-child {
        border-bottom: 0;
      }
      .top {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        align-items: baseline;
      }
    `,
  ];
  declare row: ReconciliationRow;
  declare open: boolean;

  override render() {
    const { at, result } = this.row;
    const { formats } = this.host;
    const counts = breakCounts(result);
    const { all, unexplained: open, leftOut, forgotten } = counts;
    const tone = toneOf(counts);
    const said = all === 0 ? this.words('reconcile.even') : this.counted('reconcile.breaks', all);
    return html`<details class="card" ?open=${this.open} data-testid="psc-reconciliation" data-breaks=${all}>
      <summary>
        <b>${formats.instant(at)}</b>
        <span>${this.words(`reconcile.subject.${this.row.subject === 'expenses' ? 'expenses' : 'time'}`)}</span>
        <span class="quiet"
          >${this.words('reconcile.window', { from: formats.date(result.window.from), to: formats.date(result.window.to) })}</span
        >
        <span class="state ${tone}"
          >${icon(tone === 'good' ? 'check' : 'warning')}${said}${open > 0 ? html` · ${this.counted('reconcile.unexplained', open)}` : nothing}</span
        >
      </summary>
      <div class="body">
        ${this.totals()}
        <p class="quiet">${this.counted('reconcile.matched', result.matched)}</p>
        ${this.notCompared()}
        ${
          result.breaks.length > 0
            ? html`<ol class="breaks">
                ${result.breaks.map((difference) => this.break(difference))}
              </ol>`
            : nothing
        }
        ${forgotten > 0 ? html`<p data-testid="psc-breaks-forgotten">${this.counted('reconcile.forgotten', forgotten)}</p>` : nothing}
        ${leftOut > 0 ? html`<p data-testid="psc-breaks-left-out">${this.counted('reconcile.leftOut', leftOut, { path: `/ps-connect/api/v1/reconciliations/${this.row.id}/breaks` })}</p>` : nothing}
      </div>
    </details>`;
  }

  private totals() {
    const { psa, erp } = this.row.result;
    return html`<table data-testid="psc-totals">
      <thead>
        <tr>
          <th scope="col"><span class="hidden-text">${this.words('reconcile.figure')}</span></th>
          <th scope="col">PSA</th>
          <th scope="col">ERP</th>
          <th scope="col">${this.words('reconcile.difference')}</th>
        </tr>
      </thead>
      <tbody>
        ${compareSides(psa, erp).map((line) => this.line(line))}
      </tbody>
    </table>`;
  }

  private notCompared() {
    // absent in what an older version kept
    const fields = Object.entries(this.row.result.notCompared ?? {});
    if (fields.length === 0) return nothing;
    const { formats } = this.host;
    const said = fields.map(([field, entries]) => `${this.words(`reconcile.field.${field}`)} (${formats.number(entries)})`).join(', ');
    return html`<p class="quiet" data-testid="psc-not-compared">${this.words('reconcile.notCompared', { fields: said })}</p>`;
  }

  private sides({ kind, psa, erp }: Difference) {
    const say = (side: string | null) => (side === null ? this.words('reconcile.nothing') : this.figure(kind, side));
    return `PSA ${say(psa)}, ERP ${say(erp)}`;
  }

  /** One side's value as the reader's language writes it. */
  private figure(kind: Difference['kind'], side: string): string {
    const { formats } = this.host;
    if (kind === 'minutes-differ') return formats.minutes(Number(side));
    if (kind === 'date-differs') return formats.date(side);
    const isYes = side === 'yes';
    if (kind === 'billable-differs' || kind === 'reimbursable-differs' || kind === 'receipt-differs')
      return this.words(isYes ? 'reconcile.yes' : 'reconcile.no');
    const [, amount, currency] = /^(-?\d+(?:\.\d+)?) ([A-Z]{3})$/.exec(side) ?? [];
    return amount && currency ? formats.money(amount, currency) : side;
  }

  private line(line: SideLine) {
    const { formats } = this.host;
    const name = line.what === 'amount' ? line.currency : this.words(`reconcile.${line.what}`);
    const say = (value: number | string) => {
      if (line.what === 'amount') return formats.money(String(value), line.currency);
      return line.what === 'minutes' ? formats.minutes(Number(value)) : formats.number(Number(value));
    };
    return html`<tr>
      <th scope="row">${name}</th>
      <td data-side="PSA">${say(line.psa)}</td>
      <td data-side="ERP">${say(line.erp)}</td>
      <td data-side=${this.words('reconcile.difference')} class=${isEven(line) ? 'quiet' : 'off'}>
        ${isEven(line) ? '–' : say(line.difference)}
      </td>
    </tr>`;
  }

  private break(difference: Break) {
    const { kind, key, psa, erp, unreadable, explained, differences = [] } = difference;
    const { formats } = this.host;
    const fact = psa ?? erp;
    return html`<li data-testid="psc-break" data-kind=${kind}>
      <span class="top"
        ><b>${outside(key)}</b
        ><span
          >${(differences.length > 0 ? differences.map((one) => one.kind) : [kind]).map((one) => this.words(`reconcile.kind.${one}`)).join(', ')}</span
        ></span
      >
      <span class="quiet"
        >${[
          fact?.projectCode ? plainText(fact.projectCode) : undefined,
          fact ? formats.date('day' in fact ? fact.day : fact.workDate) : undefined,
          fact && 'minutes' in fact ? formats.minutes(fact.minutes) : undefined,
          fact?.amount ? formats.money(fact.amount.amount, fact.amount.currency) : undefined,
        ]
          .filter(Boolean)
          .join(' · ')}</span
      >
      ${
        unreadable
          ? html`<span data-testid="psc-unreadable"
              >${outside(
                this.words('reconcile.unreadable', {
                  id: unreadable.id,
                  field: unreadable.field,
                  value: unreadable.value ?? this.words('reconcile.unreadableEmpty'),
                }),
              )}</span
            >`
          : nothing
      }
      ${differences.map((one) => html`<span data-testid="psc-difference" data-kind=${one.kind}>${this.words(`reconcile.kind.${one.kind}`)}: ${this.sides(one)}</span>`)}
      ${
        explained
          ? html`<span
              ><span class="quiet">${this.words('reconcile.because')}</span> ${outside(this.sentence(explained).message)}
              <button class="plain link" data-testid="psc-break-run" @click=${() => this.tell('psc-open', explained.run)}>
                ${this.words('reconcile.toRun')}
              </button></span
            >`
          : html`<span class="bad toned">${this.words('reconcile.noReason')}</span>`
      }
    </li>`;
  }
}

define('psc-reconciliation', ReconciliationCard);
