import { css, html, nothing } from 'lit';
import { ownershipTable } from '../../model/ownership-table.ts';
import type { CrosswalkRow } from '../answers.ts';
import { released } from '../view-models/released.ts';
import { ActingPart } from './acting-part.ts';
import { define } from './console-part.ts';
import { look } from './look.css.ts';
import { reasonInput } from './reason-input.ts';

const ofMaps = ['table', 'from', 'value', 'to', 'target', 'validFrom', 'validTo'] as const;
type Field = (typeof ofMaps)[number];
/** An owner stands before whom it tells; which map it is in is known. */
const ofOwners: readonly Exclude<Field, 'table'>[] = ['from', 'value', 'target', 'to', 'validFrom', 'validTo'];
type Entry = Partial<Record<Field, string>>;

/** What a form begins with: an entry to be added, or the state of one that is to be changed. */
export interface EntryDraft {
  entry: Entry;
  row?: CrosswalkRow;
  /** why it is asked for */
  note?: string;
}

const days: readonly Field[] = ['validFrom', 'validTo'];
const needed: readonly Field[] = ['table', 'from', 'value', 'to', 'target'];
const usual = ['legal-entity', 'tax-code', 'currency', 'region', 'practice'];

/** Adds an entry, changes or ends it, or takes it out, with the reason. Tells `psc-map-done` with what has come of it, or `psc-stay`. */
export class MapForm extends ActingPart {
  static override properties = { ...ActingPart.properties, draft: { attribute: false }, typed: { state: true }, reason: { state: true } };
  static override styles = [
    look,
    css`
      form {
        display: grid;
        gap: 8px;
        margin-top: 6px;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(150px, 1fr));
        gap: 8px;
      }
      label {
        display: grid;
        gap: 3px;
        min-width: 0;
      }
      input[readonly] {
        color: var(--red-ui-secondary-text-color);
        background: none;
      }
      .wide {
        grid-column: span 2;
      }
      .out {
        margin-left: auto;
      }
    `,
  ];
  declare draft: EntryDraft;
  declare private typed: Entry;
  declare private reason: string;

  constructor() {
    super();
    this.typed = {};
    this.reason = '';
  }

  override firstUpdated(): void {
    const first = this.renderRoot.querySelector<HTMLInputElement>('input:not([readonly])');
    const empty = [...this.renderRoot.querySelectorAll<HTMLInputElement>('input:not([readonly])')].find(({ value }) => value === '');
    (this.draft.row ? first : (empty ?? first))?.focus();
  }

  override render() {
    const { row, note } = this.draft;
    const title = this.words(row ? 'maps.change' : 'maps.add');
    return html`<form class="card" aria-label=${title} data-testid="psc-map-form" @submit=${this.save} @keydown=${this.leave}>
      <b>${title}</b>
      ${note ? html`<p class="quiet">${note}</p>` : nothing}
      <div class="fields">
        ${this.isOwner ? ofOwners.map((field) => this.field(field, this.words(`ownership.field.${field}`))) : ofMaps.map((field) => this.field(field, this.words(`maps.field.${field}`)))}
        ${reasonInput(this.host.words, { reason: this.reason, testId: 'psc-map-reason', take: (reason) => void (this.reason = reason), wide: true })}
      </div>
      <datalist id="tables">${usual.map((name) => html`<option value=${name}></option>`)}</datalist>
      <p class="quiet">${this.words(this.isOwner ? 'ownership.help' : 'maps.help')}</p>
      ${this.outcome()}
      <div class="actions">
        <button class="action primary" type="submit" data-testid="psc-map-save" ?disabled=${this.acting || !this.complete()}>
          ${this.words('maps.save')}
        </button>
        <button class="action" type="button" data-testid="psc-map-stay" @click=${() => this.tell('psc-stay')}>
          ${this.words('act.back')}
        </button>
        ${
          row
            ? html`<button
                class="action out"
                type="button"
                data-testid="psc-map-remove"
                title=${this.words('maps.removeHint')}
                ?disabled=${this.acting || this.reason.trim() === ''}
                @click=${() => this.make({})}
              >
                ${this.words('maps.remove')}
              </button>`
            : nothing
        }
      </div>
    </form>`;
  }

  /** Whether it says who owns a field. */
  private get isOwner(): boolean {
    return this.draft.entry.table === ownershipTable;
  }

  private field(field: Field, label: string) {
    return html`<label
      >${label}
      <input
        type=${days.includes(field) ? 'date' : 'text'}
        ?required=${needed.includes(field)}
        ?readonly=${this.draft.row !== undefined && !days.includes(field) && field !== 'target'}
        list=${field === 'table' ? 'tables' : nothing}
        spellcheck="false"
        autocomplete="off"
        data-testid="psc-map-${field}"
        .value=${this.of(field)}
        @input=${(event: InputEvent) => {
          this.typed = { ...this.typed, [field]: (event.target as HTMLInputElement).value };
        }}
    /></label>`;
  }

  private of(field: Field): string {
    return this.typed[field] ?? this.draft.entry[field] ?? '';
  }

  private complete(): boolean {
    return needed.every((field) => this.of(field) !== '') && this.reason.trim() !== '';
  }

  private save(event: Event): void {
    event.preventDefault();
    const dates = Object.fromEntries(days.flatMap((field) => (this.of(field) === '' ? [] : [[field, this.of(field)]])));
    const [table, from, value, to, target] = needed.map((field) => this.of(field)) as [string, string, string, string, string];
    if (this.complete()) void this.make({ entry: { table, from, value, to, target, ...dates } });
  }

  private make(change: { entry?: Required<Pick<Entry, 'table' | 'from' | 'value' | 'to' | 'target'>> & Entry }): Promise<void> {
    const { row } = this.draft;
    const seen = row ? { id: row.id, version: row.version } : {};
    return this.act(async () => {
      const made = await this.host.api.post('crosswalk/changes', { changes: [{ ...seen, ...change }], reason: this.reason.trim() });
      const said = this.words(change.entry ? 'maps.saved' : 'maps.removedDone');
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

define('psc-map-form', MapForm);
