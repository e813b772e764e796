import { css, html, nothing } from 'lit';
import type { FailedAttempt, JournalLine, Json } from '../answers.ts';
import { ConsolePart, define } from './console-part.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

const knownActions = [
  'effect.done',
  'effect.rejected',
  'effect.not-made',
  'effect.in-doubt',
  'run.dead',
  'run.replayed',
  'run.discarded',
  'run.cancelled',
  'run.woken',
  'run.overtaken',
  'batch.posted',
  'approval.requested',
  'approval.approved',
  'approval.rejected',
  'approval.expired',
  'approval.escalated',
  'effect.settled',
  'effect.compensated',
  'run.compensating',
  'run.compensated',
];

/** What happened to a run before: deliveries that failed, and its lines in the journal. */
export class RunHistory extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    attempts: { attribute: false },
    journal: { attribute: false },
    olderAttempts: { type: Boolean },
    olderJournal: { type: Boolean },
  };
  static override styles = [
    look,
    css`
      li {
        padding: 5px 0;
        border-bottom: 1px solid var(--red-ui-secondary-border-color);
        overflow-wrap: anywhere;
      }
      li:last-child {
        border-bottom: 0;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
        font-size: 12px;
        align-items: center;
      }
      .head b {
        font-weight: 600;
      }
      .message {
        overflow-wrap: anywhere;
      }
    `,
  ];
  declare attempts: FailedAttempt[];
  declare journal: JournalLine[];
  /** there are more than are given */
  declare olderAttempts: boolean;
  declare olderJournal: boolean;

  override render() {
    return html`
      ${
        this.attempts.length > 0
          ? html`<h3>${this.words('history.attempts')}</h3>
              ${this.olderAttempts ? html`<p class="quiet" data-testid="psc-older-attempts">${this.counted('history.newestAttempts', this.attempts.length)}</p>` : nothing}
              <ol data-testid="psc-attempts">
                ${this.attempts.map((attempt) => this.attempt(attempt))}
              </ol>`
          : nothing
      }
      ${
        this.journal.length > 0
          ? html`<h3>${this.words('history.journal')}</h3>
              ${this.olderJournal ? html`<p class="quiet" data-testid="psc-older-journal">${this.counted('history.newestLines', this.journal.length, { path: `/ps-connect/api/v1/journal?subject=${this.journal[0]?.subject ?? ''}` })}</p>` : nothing}
              <ol data-testid="psc-journal">
                ${this.journal.map((line) => this.line(line))}
              </ol>`
          : nothing
      }
    `;
  }

  private attempt({ attempt, node, failure, at }: FailedAttempt) {
    const said = this.sentence(failure);
    return html`<li data-testid="psc-attempt">
      <div class="head quiet">
        <b>${this.words('history.attempt', { n: this.host.formats.number(attempt) })}</b>
        <span>${this.host.formats.instant(at)}</span>
        <span>${this.words(`class.${failure.class.replace('.', '-')}`)} · <code>${outside(failure.code)}</code></span>
        ${node ? html`<psc-node .host=${this.host} .node=${node}></psc-node>` : nothing}
      </div>
      <div class="message">${outside(said.message)}</div>
      ${said.remedy ? html`<div class="quiet">${outside(said.remedy)}</div>` : nothing}
    </li>`;
  }

  private line({ at, actor, action, detail }: JournalLine) {
    const name = knownActions.includes(action) ? this.words(`journal.${action.replace('.', '-')}`) : action;
    const person = actor === 'engine' ? nothing : html`<span>${this.words('history.by', { who: actor })}</span>`;
    return html`<li data-testid="psc-journal-line" data-action=${action}>
      <div class="head quiet"><span>${this.host.formats.instant(at)}</span>${person}</div>
      <div>${outside(name)}${outside(saying(detail))}</div>
    </li>`;
  }
}

/** The few details of a line that are words: which object, which code, whose reason. */
function saying(detail: Json): string {
  if (typeof detail !== 'object' || detail === null || Array.isArray(detail)) return '';
  const said = ['business', 'title', 'code', 'reason']
    .map((name) => detail[name])
    .filter((value) => typeof value === 'string' && value !== '');
  return said.length > 0 ? `: ${said.join(' · ')}` : '';
}

define('psc-run-history', RunHistory);
