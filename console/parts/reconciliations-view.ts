import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ReconciliationRow } from '../answers.ts';
import { define } from './console-part.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';
import './reconciliation-card.ts';

/** The newest reconciliations; the first one unfolded. */
export class ReconciliationsView extends LivePart {
  static override properties = { ...LivePart.properties, rows: { state: true } };
  static override styles = [
    look,
    css`
      :host {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 12px;
      }
      ul {
        display: grid;
        gap: 10px;
      }
    `,
  ];
  declare private rows: ReconciliationRow[];

  constructor() {
    super();
    this.rows = [];
  }

  protected override async load(): Promise<() => void> {
    const rows = await this.host.api.get<ReconciliationRow[]>('reconciliations', { limit: 10 });
    return () => {
      this.rows = rows;
    };
  }

  override render() {
    return html`${this.troubleNotice()}
      ${this.rows.length === 0 && !this.trouble ? html`<p class="nothing" data-testid="psc-no-reconciliations">${this.words(this.loaded ? 'reconcile.none' : 'loading')}</p>` : nothing}
      <ul data-testid="psc-reconciliations">
        ${repeat(
          this.rows,
          (row) => row.id,
          (row, index) => html`<li><psc-reconciliation .host=${this.host} .row=${row} .open=${index === 0}></psc-reconciliation></li>`,
        )}
      </ul>`;
  }
}

define('psc-reconciliations', ReconciliationsView);
