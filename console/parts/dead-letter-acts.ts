import { css, html, nothing } from 'lit';
import type { RunRow } from '../answers.ts';
import { troubleText } from '../view-models/trouble-text.ts';
import { ActingPart } from './acting-part.ts';
import './ask-reason.ts';
import { define } from './console-part.ts';
import { look } from './look.css.ts';

/** Replays (corrected alike or slowly, if wanted) or discards the dead letters that are selected. Tells `psc-unselect` when they are done with. */
export class DeadLetterActs extends ActingPart {
  static override properties = {
    ...ActingPart.properties,
    selected: { attribute: false },
    dead: { attribute: false },
    asking: { state: true },
  };
  static override styles = [
    look,
    css`
      :host {
        position: sticky;
        top: 0;
        z-index: 3;
        background: var(--red-ui-secondary-background);
      }
      .bar {
        padding: 8px 12px;
        border-bottom: 1px solid var(--red-ui-primary-border-color);
        display: grid;
        gap: 8px;
      }
      .how {
        flex-basis: 100%;
        order: 1;
      }
      .how label {
        display: grid;
        gap: 2px;
        margin-top: 6px;
      }
      .how input[type='number'] {
        width: 8em;
      }
    `,
  ];
  declare selected: ReadonlySet<string>;
  declare private asking: boolean;
  /** what is dead now */
  declare dead: RunRow[];
  /** when those that were replayed here had last changed, before that */
  private replayed = new Map<string, number>();
  private saidOf = '';
  private correction = '';
  private perMinute = 0;

  constructor() {
    super();
    this.selected = new Set();
    this.asking = false;
    this.dead = [];
  }

  /** Says how many of those that were replayed have failed again, as soon as it is known. */
  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('dead') || this.acting || this.replayed.size === 0) return;
    const again = this.dead.filter((run) => (this.replayed.get(run.id) ?? run.updatedAt) !== run.updatedAt).length;
    if (again > 0) this.say('bad', `${this.saidOf} ${this.counted('dead.failedAgain', again)}`);
  }

  override render() {
    const said = this.outcome();
    if (this.selected.size === 0 && said === nothing) return nothing;
    return html`<div class="bar">${said}${this.selected.size === 0 ? nothing : this.asking ? this.question() : this.buttons()}</div>`;
  }

  private buttons() {
    return html`<div class="actions" data-testid="psc-bulk" @keydown=${this.press}>
      <b aria-live="polite">${this.counted('dead.selected', this.selected.size)}</b>
      ${this.how()}
      <button
        class="action primary"
        data-testid="psc-bulk-replay"
        ?disabled=${this.acting || this.lacking('replay') !== undefined}
        title=${this.lacking('replay') ?? nothing}
        @click=${this.replay}
      >
        ${this.words('act.replay')}
      </button>
      <button
        class="action"
        data-testid="psc-bulk-discard"
        ?disabled=${this.acting || this.lacking('replay') !== undefined}
        title=${this.lacking('replay') ?? nothing}
        @click=${() => this.ask(true)}
      >
        ${this.words('act.discard')}…
      </button>
      <button class="plain link" @click=${() => this.tell('psc-unselect')}>${this.words('act.unselect')}</button>
    </div>`;
  }

  /** Corrected alike, or slowly, for those who want it. */
  private how() {
    return html`<details class="how" data-testid="psc-bulk-how">
      <summary>${this.words('dead.how')}</summary>
      <label
        >${this.words('dead.correction')}
        <input
          type="text"
          data-testid="psc-bulk-correction"
          ?disabled=${this.lacking('edit') !== undefined}
          title=${this.lacking('edit') ?? nothing}
          spellcheck="false"
          placeholder='$ ~> |resource|{"email": "new@firm.example"}|'
          @input=${(event: Event) => (this.correction = (event.target as HTMLInputElement).value)}
        />
      </label>
      <p class="quiet">${this.words('dead.correctionHint')}</p>
      <label
        >${this.words('dead.perMinute')}
        <input
          type="number"
          min="0"
          data-testid="psc-bulk-pace"
          placeholder="∞"
          @input=${(event: Event) => (this.perMinute = Number((event.target as HTMLInputElement).value))}
        />
      </label>
    </details>`;
  }

  /** Enter in a field replays, Esc lets go of the selection. */
  private press(event: KeyboardEvent): void {
    const [from] = event.composedPath();
    if (event.key === 'Enter' && from instanceof HTMLInputElement && !this.acting && this.lacking('replay') === undefined)
      void this.replay();
    else if (event.key === 'Escape') this.tell('psc-unselect');
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private question() {
    return html`<psc-ask-reason
      .host=${this.host}
      .question=${this.counted('dead.discardQuestion', this.selected.size)}
      .act=${this.words('act.discard')}
      @psc-reason=${(event: CustomEvent<string>) => this.discard(event.detail)}
      @psc-stay=${() => this.ask(false)}
    ></psc-ask-reason>`;
  }

  private ask(asking: boolean): void {
    this.replayed.clear();
    this.keepOpener(asking);
    this.asking = asking;
    this.clearOutcome();
  }

  private replay(): Promise<void> {
    const runs = [...this.selected];
    this.replayed = new Map(this.dead.filter(({ id }) => this.selected.has(id)).map(({ id, updatedAt }) => [id, updatedAt]));
    return this.act(async () => {
      const { replayed, notDead, notCorrected } = await this.host.api.post('replays', {
        runs,
        ...(this.correction.trim() ? { correction: this.correction } : {}),
        ...(this.perMinute > 0 ? { perMinute: this.perMinute } : {}),
      });
      const [first] = notCorrected;
      const said = (this.saidOf =
        this.counted('dead.replayed', replayed) + (notDead > 0 ? ` ${this.counted('dead.notDead', notDead)}` : ''));
      if (first)
        throw new Error(
          `${said} ${this.counted('dead.notCorrected', notCorrected.length)} ${first.subject}: ${this.sentence(first).message}`,
        );
      this.tell('psc-unselect');
      return said;
    });
  }

  /** One after the other: the API ends one dead letter at a time, and what failed stays selected. */
  private discard(reason: string): Promise<void> {
    this.asking = false;
    const runs = [...this.selected];
    return this.act(async () => {
      let discarded = 0;
      let failed: unknown;
      for (const run of runs) {
        try {
          await this.host.api.post('dead-letters/:id/discard', { reason }, { id: run });
          discarded++;
        } catch (error) {
          failed = error;
        }
      }
      const said = this.counted('dead.discarded', discarded);
      if (failed) throw new Error(`${said} ${this.counted('dead.kept', runs.length - discarded)} ${troubleText(this.host, failed)}`);
      this.tell('psc-unselect');
      return said;
    });
  }
}

define('psc-dead-letter-acts', DeadLetterActs);
