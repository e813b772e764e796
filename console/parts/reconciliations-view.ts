import { html } from 'lit';
import type { ReconciliationRow } from '../answers.ts';
import { CardsView } from './cards-view.ts';
import { define } from './console-part.ts';
import './reconciliation-card.ts';

/** The newest reconciliations; the first one unfolded. */
export class ReconciliationsView extends CardsView<ReconciliationRow> {
  protected override readonly kind = 'reconciliations';
  protected override readonly most = 10;

  protected override ask(): Promise<ReconciliationRow[]> {
    return this.host.api.get('reconciliations', { limit: this.most + 1 });
  }

  protected override card(row: ReconciliationRow, index: number) {
    return html`<psc-reconciliation .host=${this.host} .row=${row} .open=${index === 0}></psc-reconciliation>`;
  }

  protected override none(): string {
    return this.words('reconcile.none');
  }

  protected override others(most: string): string {
    return this.words('reconcile.more', { n: most });
  }
}

define('psc-reconciliations', ReconciliationsView);
