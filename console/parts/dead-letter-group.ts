import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RunRow } from '../answers.ts';
import type { DeadLetterGroup } from '../view-models/group-dead-letters.ts';
import { ConsolePart, define } from './console-part.ts';
import { icon } from './icons.ts';
import { look } from './look.css.ts';
import { openingRow } from './opening-row.css.ts';
import { outside } from './outside.ts';
import { runFacts } from './run-facts.ts';
import { runTitle } from './run-title.ts';

/** Dead letters with one cause. Tells `psc-select` and `psc-open`. */
export class DeadLetterGroupView extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    group: { attribute: false },
    selected: { attribute: false },
    partial: { type: Boolean },
    chosen: {},
    folded: { state: true },
  };
  static override styles = [
    look,
    openingRow,
    css`
      section {
        border-bottom: 1px solid var(--red-ui-primary-border-color);
      }
      .head {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: 2px 8px;
        align-items: center;
        padding: 8px 12px;
        background: var(--red-ui-tertiary-background);
      }
      .fold {
        display: flex;
        gap: 6px;
        align-items: center;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .fold .icon {
        transition: rotate 0.15s;
      }
      .fold[aria-expanded='false'] .icon {
        rotate: -90deg;
      }
      .count {
        min-width: 22px;
        padding: 0 7px;
        border-radius: 10px;
        text-align: center;
        font-weight: 600;
        font-size: 12px;
        color: var(--red-ui-secondary-background);
        background: var(--red-ui-text-color-error);
      }
      .said {
        grid-column: 2 / -1;
        overflow-wrap: anywhere;
        font-size: 12px;
      }
      .row {
        display: grid;
        grid-template-columns: auto 1fr auto;
        gap: 0 8px;
        padding: 6px 12px;
        border-top: 1px solid var(--red-ui-secondary-border-color);
        align-items: start;
      }
      .row input,
      .head input {
        position: relative;
        z-index: 1;
        margin-top: 2px;
      }
      .facts span {
        margin-inline-start: 8px;
        font-size: 12px;
      }
      .why {
        grid-column: 2 / -1;
        font-size: 12px;
        overflow-wrap: anywhere;
        display: -webkit-box;
        -webkit-line-clamp: 2;
        -webkit-box-orient: vertical;
        overflow: hidden;
      }
      .age {
        font-size: 12px;
        white-space: nowrap;
      }
      @media (prefers-reduced-motion: reduce) {
        .fold .icon {
          transition: none;
        }
      }
    `,
  ];
  declare group: DeadLetterGroup;
  declare selected: ReadonlySet<string>;
  declare chosen: string | undefined;
  /** there are more than are shown */
  declare partial: boolean;
  declare private folded: boolean;

  constructor() {
    super();
    this.folded = false;
  }

  override render() {
    const { group, folded } = this;
    const ids = group.runs.map((run) => run.id);
    const marked = ids.filter((id) => this.selected.has(id)).length;
    return html`<section data-testid="psc-dead-group" data-code=${group.code}>
      <div class="head">
        <input
          type="checkbox"
          data-testid="psc-select-group"
          aria-label=${this.words('dead.selectGroup', { code: group.code })}
          .checked=${marked === ids.length}
          .indeterminate=${marked > 0 && marked < ids.length}
          @change=${(event: Event) => this.tell('psc-select', { runs: ids, on: (event.target as HTMLInputElement).checked })}
        />
        <button class="plain fold" aria-expanded=${String(!folded)} @click=${this.fold}>
          ${icon('down')}<b>${this.words(`class.${group.class.replace('.', '-')}`)}</b>
        </button>
        <span class="count" data-testid="psc-group-count">${this.host.formats.number(ids.length)}${this.partial ? '+' : ''}</span>
        <span class="said quiet"><code>${outside(group.code)}</code>${group.message ? html` · ${outside(group.message)}` : nothing}</span>
        ${group.remedy ? html`<span class="said">${outside(group.remedy)}</span>` : nothing}
      </div>
      ${
        folded
          ? nothing
          : html`<ul>
              ${repeat(
                group.runs,
                (run) => run.id,
                (run) => this.row(run),
              )}
            </ul>`
      }
    </section>`;
  }

  private row(run: RunRow) {
    const { formats } = this.host;
    const now = Date.now();
    return html`<li class="row ${run.id === this.chosen ? 'chosen' : ''}" data-testid="psc-dead-letter" data-run=${run.id}>
      <input
        type="checkbox"
        data-testid="psc-select"
        aria-label=${this.words('dead.select', { subject: run.event.subject })}
        .checked=${this.selected.has(run.id)}
        @change=${(event: Event) => this.tell('psc-select', { runs: [run.id], on: (event.target as HTMLInputElement).checked })}
      />
      <button
        class="plain open"
        data-testid="psc-dead-open"
        aria-current=${run.id === this.chosen ? 'true' : nothing}
        @click=${() => this.tell('psc-open', run.id)}
      >
        ${runTitle(this.host.words, run.event.subject, run.about)}
        <span class="facts quiet">${runFacts(this.host, run.event.subject, run.about)}</span>
      </button>
      <time class="age quiet" datetime=${new Date(run.createdAt).toISOString()} title=${formats.instant(run.createdAt)}
        >${formats.ago(run.createdAt, now)}</time
      >
      ${this.group.message ? nothing : html`<div class="why quiet">${run.failure ? outside(this.sentence(run.failure).message) : nothing}</div>`}
    </li>`;
  }

  private fold(): void {
    this.folded = !this.folded;
  }
}

define('psc-dead-letter-group', DeadLetterGroupView);
