import { css, html, nothing } from 'lit';
import type { CrosswalkChanged } from '../answers.ts';
import { released } from '../view-models/released.ts';
import { validDays } from '../view-models/valid-days.ts';
import { ActingPart } from './acting-part.ts';
import { define } from './console-part.ts';
import { entryShown } from './entry-shown.ts';
import { look } from './look.css.ts';
import { reasonInput } from './reason-input.ts';
import { outside } from './outside.ts';

/** so many differences are shown */
const most = 100;

/** A file of entries: what would come of it is shown before it is taken in, all or nothing. Tells `psc-map-done` or `psc-stay`. */
export class MapFile extends ActingPart {
  static override properties = { ...ActingPart.properties, trial: { state: true }, reason: { state: true } };
  static override styles = [
    look,
    css`
      form {
        display: grid;
        gap: 8px;
      }
      label {
        display: grid;
        gap: 3px;
      }
      ul {
        max-height: 300px;
        overflow: auto;
      }
      li {
        overflow-wrap: anywhere;
        padding: 2px 0;
      }
    `,
  ];
  declare private trial: CrosswalkChanged | undefined;
  declare private reason: string;
  private csv = '';

  constructor() {
    super();
    this.reason = '';
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    const { trial } = this;
    const fits = trial !== undefined && trial.problems.length === 0 && trial.changes.length > 0;
    return html`<form
      class="card"
      aria-label=${this.words('maps.in')}
      data-testid="psc-map-file"
      @submit=${this.takeIn}
      @keydown=${this.leave}
    >
      <b>${this.words('maps.in')}</b>
      <p class="quiet">${this.words('maps.fileHelp')}</p>
      <input type="file" accept=".csv,text/csv" aria-label=${this.words('maps.file')} data-testid="psc-map-choose" @change=${this.look} />
      ${this.outcome()} ${trial ? this.shown(trial) : nothing}
      ${
        fits
          ? reasonInput(this.host.words, { reason: this.reason, testId: 'psc-map-reason', take: (reason) => void (this.reason = reason) })
          : nothing
      }
      <div class="actions">
        <button
          class="action primary"
          type="submit"
          data-testid="psc-map-take"
          ?disabled=${this.acting || !fits || this.reason.trim() === ''}
        >
          ${this.words('maps.take')}
        </button>
        <button class="action" type="button" data-testid="psc-map-stay" @click=${() => this.tell('psc-stay')}>
          ${this.words('act.back')}
        </button>
      </div>
    </form>`;
  }

  private shown({ added, changed, same, changes, problems }: CrosswalkChanged) {
    if (problems.length > 0) {
      const lines = problems.slice(0, most);
      return html`<ul data-testid="psc-map-problems">
          ${lines.map((one) => {
            const { message, remedy } = this.sentence(one);
            return html`<li>
              <b>${this.words('maps.line', { n: one.line })}</b> ${outside(message)} <span class="quiet">${outside(remedy)}</span>
            </li>`;
          })}
        </ul>
        ${problems.length > most ? html`<p class="quiet">${this.words('maps.more', { n: most })}</p>` : nothing}`;
    }
    const n = (value: number) => this.host.formats.number(value);
    return html`<p data-testid="psc-map-trial">${this.words('maps.trial', { added: n(added), changed: n(changed), same: n(same) })}</p>
      <ul data-testid="psc-map-differences">
        ${changes.slice(0, most).map(
          ({ row, before }) =>
            html`<li>
              ${entryShown(row)} ${before ? html`<s>${outside(before.target)}, ${validDays(this.host, before)}</s>` : nothing}
              <b>${validDays(this.host, row)}</b>
            </li>`,
        )}
      </ul>
      ${changes.length > most ? html`<p class="quiet">${this.words('maps.more', { n: most })}</p>` : nothing}`;
  }

  private async look(event: Event): Promise<void> {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    this.trial = undefined;
    if (!file) return;
    let wrong = 0;
    await this.act(async () => {
      this.csv = await file.text();
      this.trial = await this.host.api.post('crosswalk/csv', { csv: this.csv, dryRun: true, reason: file.name || '-' });
      wrong = this.trial.problems.length;
      return this.words('maps.tried', { name: file.name });
    });
    if (wrong > 0) this.say('bad', this.counted('maps.wrong', wrong));
  }

  private takeIn(event: Event): void {
    event.preventDefault();
    void this.act(async () => {
      const made = await this.host.api.post('crosswalk/csv', { csv: this.csv, reason: this.reason.trim() });
      const said = this.words('maps.taken', { added: made.added, changed: made.changed });
      const text = [said, released(this.host, made)].filter(Boolean).join(' ');
      this.tell('psc-map-done', text);
      return text;
    });
  }

  private leave(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.tell('psc-stay');
  }
}

define('psc-map-file', MapFile);
