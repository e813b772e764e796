import { css, html, nothing } from 'lit';
import type { RunRow } from '../answers.ts';
import { ConsolePart, define } from './console-part.ts';
import { look } from './look.css.ts';
import { tellsWhy } from '../view-models/tells-why.ts';
import './node-chip.ts';
import './run-status.ts';
import { runFacts } from './run-facts.ts';
import { runTitle } from './run-title.ts';
import { plainText } from '../../model/plain-text.ts';
import { openingRow } from './opening-row.css.ts';
import { outside } from './outside.ts';

/** One run in a list. The whole row opens it; the nodes in it lead to the canvas. Tells `psc-open`. */
export class RunRowView extends ConsolePart {
  static override properties = { ...ConsolePart.properties, row: { attribute: false }, chosen: { type: Boolean }, now: { type: Number } };
  static override styles = [
    look,
    openingRow,
    css`
      .row {
        display: grid;
        grid-template-columns: 1fr auto;
        gap: 1px 10px;
        padding: 7px 12px;
        border-bottom: 1px solid var(--red-ui-secondary-border-color);
      }
      .below {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        align-items: center;
        font-size: 12px;
        min-width: 0;
      }
      psc-node {
        position: relative;
        z-index: 1;
      }
      .why {
        grid-column: 1 / -1;
        font-size: 12px;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .age {
        white-space: nowrap;
        font-size: 12px;
        text-align: right;
      }
      .why {
        grid-row: 3;
      }
      @container (min-width: 640px) {
        .row {
          grid-template-columns: minmax(110px, 1.2fr) 110px minmax(160px, 3fr) auto;
          align-items: center;
        }
        .below {
          grid-column: 3;
          grid-row: 1;
        }
        .why {
          grid-column: 3;
          grid-row: 2;
        }
        .age {
          grid-column: 4;
          grid-row: 1;
          min-width: 90px;
          text-align: right;
        }
      }
    `,
  ];
  declare row: RunRow;
  declare chosen: boolean;
  declare now: number;

  override render() {
    const { row } = this;
    const why = row.failure && tellsWhy(row) ? this.sentence(row.failure).message : undefined;
    const { flows, formats } = this.host;
    const places = row.at.length > 0 ? row.at : row.status !== 'done' && row.failedNode ? [row.failedNode] : [];
    return html`<div class="row ${this.chosen ? 'chosen' : ''}" data-testid="psc-run" data-run=${row.id} data-status=${row.status}>
      <button
        class="plain open"
        data-testid="psc-run-open"
        aria-current=${this.chosen ? 'true' : nothing}
        @click=${() => this.tell('psc-open', row.id)}
      >
        ${runTitle(this.host.words, row.event.subject, row.about)}
      </button>
      <psc-run-status .host=${this.host} .status=${row.status}></psc-run-status>
      <div class="below quiet">
        <span>${outside(flows.flowName(row.flow) ?? this.words('flow.gone'))}</span>
        ${runFacts(this.host, row.event.subject, row.about)}
        ${row.attempts > 1 ? html`<span>${this.counted('run.attempts', row.attempts)}</span>` : nothing}
        ${places.map((node) => html`<psc-node .host=${this.host} .node=${node}></psc-node>`)}
        ${row.withoutEntry ? html`<span>${this.words('run.withoutEntry', { node: row.entry })}</span>` : nothing}
        ${row.status === 'waiting' && row.waitingFor && !(row.withoutEntry && row.availableAt <= this.now) ? html`<span>${this.words('run.waitsFor', { reason: this.told(row.waitingFor.reason, row.waitingFor.reasonWords) })}</span>` : row.status === 'waiting' && row.availableAt > this.now ? html`<span>${this.words('run.next', { when: formats.ago(row.availableAt, this.now) })}</span>` : nothing}
      </div>
      ${why === undefined ? nothing : html`<div class="why quiet" title=${plainText(why)}>${outside(why)}</div>`}
      <time class="age quiet" datetime=${new Date(row.createdAt).toISOString()} title=${formats.instant(row.createdAt)}
        >${formats.ago(row.createdAt, this.now)}</time
      >
    </div>`;
  }
}

define('psc-run-row', RunRowView);
