import { html } from 'lit';
import type { ApprovalRow } from '../answers.ts';
import './approval-card.ts';
import { CardsView } from './cards-view.ts';
import { define } from './console-part.ts';

/** Questions that runs put to a person, the one that waits longest first. */
export class ApprovalsView extends CardsView<ApprovalRow> {
  protected override readonly kind = 'approvals';
  protected override readonly most = 200;

  protected override ask(): Promise<ApprovalRow[]> {
    return this.host.api.get('approvals', { limit: this.most + 1 });
  }

  protected override card(row: ApprovalRow) {
    return html`<psc-approval .host=${this.host} .row=${row}></psc-approval>`;
  }

  protected override none(): string {
    return this.words('approval.none');
  }

  protected override others(most: string): string {
    return this.words('approval.more', { n: most });
  }
}

define('psc-approvals', ApprovalsView);
