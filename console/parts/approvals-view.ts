import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ApprovalRow } from '../answers.ts';
import './approval-card.ts';
import { define } from './console-part.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';

/** Questions that runs put to a person, the one that waits longest first. */
export class ApprovalsView extends LivePart {
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
  declare private rows: ApprovalRow[];

  constructor() {
    super();
    this.rows = [];
  }

  protected override async load(): Promise<() => void> {
    const rows = await this.host.api.get<ApprovalRow[]>('approvals', { limit: 200 });
    return () => {
      this.rows = rows;
    };
  }

  override render() {
    return html`${this.troubleNotice()}
      ${this.rows.length === 0 && !this.trouble ? html`<p class="nothing" data-testid="psc-no-approvals">${this.words(this.loaded ? 'approval.none' : 'loading')}</p>` : nothing}
      <ul data-testid="psc-approvals">
        ${repeat(
          this.rows,
          (row) => row.id,
          (row) => html`<li><psc-approval .host=${this.host} .row=${row}></psc-approval></li>`,
        )}
      </ul>`;
  }
}

define('psc-approvals', ApprovalsView);
