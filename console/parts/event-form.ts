import { css, html, nothing } from 'lit';
import type { CorrectionForm, FormField, Json } from '../answers.ts';
import { canBeTyped, correctedData, isHeld, keyOf, shownText, valueAt } from '../view-models/corrected-data.ts';
import { type EditedJson, editedJson } from '../view-models/edited-json.ts';
import { ConsolePart, define } from './console-part.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

/** So many are seen at a glance. */
const fewFields = 12;

/** The data of an event as a form: first what a failure names, then the rest. Tells `psc-edited` what the data is now, `psc-as-it-came` that nothing is changed. */
export class EventForm extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    form: { attribute: false },
    data: { attribute: false },
    from: { attribute: false },
    typed: { state: true },
    search: { state: true },
  };
  static override styles = [
    look,
    css`
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(200px, 1fr));
        gap: 8px 12px;
        align-items: start;
      }
      .failing {
        margin-bottom: 10px;
      }
      label {
        display: grid;
        gap: 2px;
        min-width: 0;
      }
      label > :is(input, select, textarea) {
        width: 100%;
        box-sizing: border-box;
      }
      label code {
        overflow-wrap: anywhere;
      }
      .failing label > :is(input, select, textarea),
      [aria-invalid='true'] {
        border-color: var(--red-ui-form-input-border-error-color);
      }
      input[readonly] {
        background: none;
        color: var(--red-ui-secondary-text-color);
      }
      details {
        margin-top: 4px;
      }
      summary {
        margin-bottom: 6px;
      }
      input[type='search'] {
        width: 100%;
        box-sizing: border-box;
        margin-bottom: 8px;
      }
    `,
  ];
  declare form: CorrectionForm;
  /** as it came */
  declare data: Json;
  /** as it is when the form begins: corrected as JSON before, perhaps */
  declare from: Json;
  declare private typed: ReadonlyMap<string, string>;
  /** part of a path or a value */
  declare private search: string;

  constructor() {
    super();
    this.typed = new Map();
    this.search = '';
  }

  /** Puts the keyboard where something is wrong. */
  override focus(): void {
    this.renderRoot.querySelector<HTMLElement>('.fields :is(input, select, textarea)')?.focus();
  }

  override render() {
    const fields = this.form.fields.filter(({ at }) => isHeld(this.from, at));
    const { wrong } = correctedData(this.from, fields, this.typed);
    const failing = fields.filter((field) => field.wrong);
    const others = fields.filter((field) => !field.wrong);
    const shown = (field: FormField) => this.field(field, wrong.get(keyOf(field)));
    return html`<div data-testid="psc-event-form">
      ${this.form.contract ? html`<p class="quiet">${this.words('form.contract', { contract: this.form.contract })}</p>` : nothing}
      ${failing.length > 0 ? html`<div class="fields failing">${failing.map(shown)}</div>` : nothing}
      ${this.form.apart.map(({ path, held }) => html`<p class="quiet" data-testid="psc-form-apart">${this.words(held ? 'form.inJson' : 'form.elsewhere', { field: path })}</p>`)}
      ${
        others.length === 0
          ? nothing
          : html`<details ?open=${failing.length === 0} data-testid="psc-form-others">
              <summary>${this.counted(failing.length > 0 ? 'form.others' : 'form.all', others.length)}</summary>
              ${others.length > fewFields ? this.searchField() : nothing}
              <div class="fields">${others.filter((field) => this.isFound(field)).map(shown)}</div>
            </details>`
      }
      ${this.typed.size > 0 || this.from !== this.data ? html`<p class="actions"><button class="action" data-testid="psc-form-reset" @click=${this.reset}>${this.words('event.reset')}</button></p>` : nothing}
      ${this.form.more > 0 ? html`<p class="quiet">${this.counted('form.more', this.form.more)}</p>` : nothing}
    </div>`;
  }

  private searchField() {
    return html`<input
      type="search"
      data-testid="psc-form-search"
      aria-label=${this.words('form.search')}
      placeholder=${this.words('form.search')}
      .value=${this.search}
      @input=${(event: Event) => {
        this.search = (event.target as HTMLInputElement).value;
      }}
    />`;
  }

  private isFound(field: FormField): boolean {
    const sought = this.search.trim().toLowerCase();
    return [field.path, shownText(valueAt(this.from, field.at), field)].some((text) => text.toLowerCase().includes(sought));
  }

  private field(field: FormField, wrong: string | undefined) {
    return html`<label data-path=${field.path}
      ><code>${outside(field.path)}</code>
      ${this.input(field, wrong !== undefined)}
      ${wrong ? html`<span class="bad toned" role="alert">${this.words(`form.wrong.${wrong}`)}</span>` : nothing}
    </label>`;
  }

  private input(field: FormField, invalid: boolean) {
    const held = valueAt(this.from, field.at);
    const first = shownText(held, field);
    const text = this.typed.get(keyOf(field)) ?? first;
    const take = (event: Event) => this.take(field, (event.target as HTMLInputElement).value);
    const state = String(invalid);
    if (!canBeTyped(held)) return html`<span class="quiet">${this.words('form.unseen')}</span><code>${outside(text)}</code>`;
    if (field.kind === 'choice' || field.kind === 'boolean') {
      const options = field.kind === 'boolean' ? ['true', 'false'] : (field.options ?? []);
      // what is no option of the contract can be gone back to; the options stay the same whatever is chosen
      const all = [
        ...(field.empty === 'never' && first !== '' ? [] : ['']),
        ...(options.includes(first) || first === '' ? [] : [first]),
        ...options,
      ];
      return html`<select aria-invalid=${state} @change=${take}>
        ${all.map((option) => html`<option value=${option} .selected=${option === text}>${this.called(field, option)}</option>`)}
      </select>`;
    }
    if (first.length > 60 || first.includes('\n'))
      return html`<textarea rows="3" aria-invalid=${state} .value=${text} @input=${take}></textarea>`;
    return html`<input
      type="text"
      autocomplete="off"
      spellcheck="false"
      inputmode=${field.kind === 'number' || field.kind === 'integer' ? 'decimal' : nothing}
      placeholder=${field.kind === 'date' ? this.words('form.datePlaceholder') : held === null ? this.words('form.nothing') : nothing}
      aria-invalid=${state}
      .value=${text}
      @input=${take}
    />`;
  }

  /** Everything is as it came. */
  private reset(): void {
    this.typed = new Map();
    this.tell('psc-as-it-came');
  }

  private called({ kind }: FormField, option: string): string {
    if (option === '') return '—';
    const isYes = option === 'true';
    if (kind !== 'boolean' || (!isYes && option !== 'false')) return option;
    return this.words(isYes ? 'form.yes' : 'form.no');
  }

  private take(field: FormField, text: string): void {
    this.typed = new Map([...this.typed, [keyOf(field), text]]);
    const { data, wrong } = correctedData(this.from, this.form.fields, this.typed);
    const edited: EditedJson =
      wrong.size > 0 ? { state: 'invalid', reason: [...wrong.values()].join(', ') } : editedJson(JSON.stringify(data), this.data);
    this.tell('psc-edited', edited);
  }
}

define('psc-event-form', EventForm);
