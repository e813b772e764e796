import { css, html, nothing } from 'lit';
import type { CrosswalkRow } from '../answers.ts';
import { troubleText } from '../view-models/trouble-text.ts';
import { validDays } from '../view-models/valid-days.ts';
import { ConsolePart, define } from './console-part.ts';
import { entryShown } from './entry-shown.ts';
import { look } from './look.css.ts';
import './notice.ts';
import { outside } from './outside.ts';

/** One entry of a map, as it stands and as it was. Tells `psc-map-change`. */
export class MapEntry extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    row: { attribute: false },
    lacking: {},
    states: { state: true },
    trouble: { state: true },
  };
  static override styles = [
    look,
    css`
      article,
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
        align-items: baseline;
        overflow-wrap: anywhere;
      }
      .what {
        flex: 1 1 260px;
      }
      .card .actions {
        margin-left: auto;
      }
      ol {
        flex-basis: 100%;
        border-top: 1px solid var(--red-ui-secondary-border-color);
        padding-top: 4px;
      }
    `,
  ];
  declare row: CrosswalkRow;
  /** why nothing can be changed here */
  declare lacking: string | undefined;
  /** all of them, while they are looked at */
  declare private states: CrosswalkRow[] | undefined;
  declare private trouble: unknown;

  override render() {
    const { row } = this;
    return html`<article class="card" data-testid="psc-map-entry" data-id=${row.id}>
      <span class="what">${entryShown(row)}</span>
      <span data-testid="psc-map-days">${validDays(this.host, row)}</span>
      <span class="actions">
        <button class="plain link" data-testid="psc-map-history" aria-expanded=${String(this.states !== undefined)} @click=${this.look}>
          ${this.words('maps.history')}
        </button>
        <button
          class="action"
          data-testid="psc-map-change"
          ?disabled=${this.lacking !== undefined}
          title=${this.lacking ?? nothing}
          @click=${() => this.tell('psc-map-change')}
        >
          ${this.words('maps.change')}…
        </button>
      </span>
      ${this.trouble ? html`<psc-notice tone="bad" .text=${troubleText(this.host, this.trouble)}></psc-notice>` : nothing}
      ${
        this.states
          ? html`<ol data-testid="psc-map-states">
              ${this.states.map((state) => this.state(state))}
            </ol>`
          : nothing
      }
    </article>`;
  }

  private state({ at, actor, reason, removed, target, ...days }: CrosswalkRow) {
    const what = removed ? this.words('maps.removed') : html`${outside(target)}, ${validDays(this.host, days)}`;
    return html`<li class="line">
      <span class="quiet">${this.host.formats.instant(at)}</span> <span>${outside(actor)}</span> <span>${what}</span>
      <span class="quiet">${outside(reason)}</span>
    </li>`;
  }

  override updated(changed: Map<string, unknown>): void {
    const before = changed.get('row') as CrosswalkRow | undefined;
    // what is open shows the state that has just come
    if (this.states && before && before.version !== this.row.version) void this.read();
  }

  private look(): void {
    if (this.states) this.states = undefined;
    else void this.read();
  }

  private async read(): Promise<void> {
    this.trouble = undefined;
    try {
      this.states = await this.host.api.get('crosswalk/rows/:id/history', { id: this.row.id });
    } catch (error) {
      this.trouble = error;
    }
  }
}

define('psc-map-entry', MapEntry);
