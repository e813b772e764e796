import { css, html, nothing } from 'lit';
import type { ApprovalRow, Json } from '../answers.ts';
import { moneyIn } from '../../model/money-in.ts';
import { ActingPart } from './acting-part.ts';
import './ask-reason.ts';
import { define } from './console-part.ts';
import { look } from './look.css.ts';
import './node-chip.ts';
import { plainJson } from '../../model/plain-text.ts';
import { outside } from './outside.ts';

/** One question with its details; approving and rejecting each ask for the reason. */
export class ApprovalCard extends ActingPart {
  static override properties = { ...ActingPart.properties, row: { attribute: false }, inRun: { type: Boolean }, asking: { state: true } };
  static override styles = [
    look,
    css`
      article {
        display: grid;
        gap: 8px;
        border: 1px solid var(--red-ui-primary-border-color);
        border-radius: 6px;
        padding: 10px 12px;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        font-size: 12px;
        align-items: center;
      }
      .named {
        display: grid;
        grid-template-columns: minmax(70px, max-content) 1fr;
        gap: 2px 12px;
        margin-top: 6px;
      }
      .named dt {
        color: var(--red-ui-secondary-text-color);
      }
      .named dd,
      .named dt {
        overflow-wrap: anywhere;
        min-width: 0;
      }
      h2 {
        font-size: 13px;
        margin: 0;
        overflow-wrap: anywhere;
      }
      pre {
        margin: 6px 0 0;
        max-height: 260px;
        overflow: auto;
        font-size: 12px;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];
  declare row: ApprovalRow;
  /** shown with its run, to which it need not lead */
  declare inRun: boolean;
  declare private asking: 'approve' | 'reject' | undefined;

  override render() {
    const { row } = this;
    return html`<article data-testid="psc-approval" data-id=${row.id}>
      <h2>${outside(row.title)}</h2>
      <div class="facts quiet">
        <b>${this.words(`severity.${row.severity}`)}</b>
        <span>${this.words('approval.asked', { when: this.host.formats.instant(row.requestedAt) })}</span>
        ${row.expiresAt ? html`<span>${this.words('approval.expires', { when: this.host.formats.instant(row.expiresAt) })}</span>` : nothing}
        ${row.escalatedAt ? html`<span class="state warn" data-testid="psc-approval-escalated">${this.words('approval.escalated')}</span>` : nothing}
        ${row.requestedBy ? html`<span data-testid="psc-approval-requested">${this.words('approval.requestedBy', { who: row.requestedBy.join(', ') })}</span>` : nothing}
        <psc-node .host=${this.host} .node=${row.node}></psc-node>
        ${
          this.inRun
            ? nothing
            : html`<button class="plain link" data-testid="psc-approval-run" @click=${() => this.tell('psc-open', row.run)}>
                ${outside(row.subject)} ${this.words('approval.toRun')}
              </button>`
        }
      </div>
      ${
        row.details === null
          ? nothing
          : html`<details open>
              <summary>${this.words('approval.details')}</summary>
              ${this.details(row.details)}
            </details>`
      }
      ${this.host.rights.nobodySignsIn ? html`<p class="quiet" data-testid="psc-approval-anybody">${this.words('approval.anybody')}</p>` : nothing}
      ${this.outcome()}${this.asking ? this.question(this.asking) : this.buttons()}
    </article>`;
  }

  /** What is asked as name and value, money as money; what is nested deeper stands as it is. */
  private details(details: Json) {
    const isList = typeof details === 'object' && details !== null && !Array.isArray(details);
    if (!isList) return html`<pre data-testid="psc-approval-details">${plainJson(JSON.stringify(details, null, 2))}</pre>`;
    return html`<dl class="named" data-testid="psc-approval-details">
      ${Object.entries(details).map(
        ([name, value]) =>
          html`<dt>${outside(name)}</dt>
            <dd>${this.value(value ?? null)}</dd>`,
      )}
    </dl>`;
  }

  private value(value: Json) {
    const money = moneyIn(value);
    if (money) return this.host.formats.money(money.amount, money.currency);
    if (typeof value === 'number') return this.host.formats.number(value);
    if (typeof value === 'object' && value !== null) return html`<pre>${plainJson(JSON.stringify(value, null, 2))}</pre>`;
    return outside(value === null ? '–' : String(value));
  }

  private buttons() {
    return html`<div class="actions">
      <button
        class="action primary"
        data-testid="psc-approve"
        ?disabled=${this.acting || this.lacking('approve') !== undefined}
        title=${this.lacking('approve') ?? nothing}
        @click=${() => this.ask('approve')}
      >
        ${this.words('approval.approve')}…
      </button>
      <button
        class="action"
        data-testid="psc-reject"
        ?disabled=${this.acting || this.lacking('approve') !== undefined}
        title=${this.lacking('approve') ?? nothing}
        @click=${() => this.ask('reject')}
      >
        ${this.words('approval.reject')}…
      </button>
    </div>`;
  }

  private question(act: 'approve' | 'reject') {
    return html`<psc-ask-reason
      .host=${this.host}
      .question=${this.words(`approval.${act}Question`, { title: this.row.title })}
      .act=${this.words(`approval.${act}`)}
      @psc-reason=${(event: CustomEvent<string>) => this.decide(act, event.detail)}
      @psc-stay=${() => this.ask(undefined)}
    ></psc-ask-reason>`;
  }

  private ask(what: 'approve' | 'reject' | undefined): void {
    this.keepOpener(what !== undefined);
    this.asking = what;
    this.clearOutcome();
  }

  private async decide(act: 'approve' | 'reject', reason: string): Promise<void> {
    const { id, title } = this.row;
    this.asking = undefined;
    await this.act(async () => {
      await this.host.api.post(`approvals/:id/${act}`, { reason }, { id });
      return this.words(`approval.${act}Done`, { title });
    });
  }
}

define('psc-approval', ApprovalCard);
