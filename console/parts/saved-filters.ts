import { css, html, nothing } from 'lit';
import { plainText } from '../../model/plain-text.ts';
import type { SavedFilter } from '../answers.ts';
import { saidIn, savedAs, type ShownFilter } from '../view-models/saved-filters.ts';
import { ActingPart } from './acting-part.ts';
import { define } from './console-part.ts';
import { look } from './look.css.ts';

/** Somebody saves one now and then: what others have saved is asked for each so many looks, and when the list is opened. */
const seldom = 10;

/** Filters that have a name, as choices; what is shown is saved under a name, and one that was is renamed and deleted. Tells `psc-saved-filter` what is chosen. */
export class SavedFilters extends ActingPart {
  static override properties = {
    ...ActingPart.properties,
    listed: {},
    shown: { attribute: false },
    saved: { state: true },
    asks: { state: true },
  };
  static override styles = [
    look,
    css`
      .tools,
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        align-items: end;
        padding-top: 6px;
      }
      label {
        display: grid;
        gap: 2px;
        flex: 1 1 130px;
        min-width: 0;
      }
    `,
  ];
  declare listed: SavedFilter['list'];
  declare shown: ShownFilter;
  declare private saved: SavedFilter[];
  /** for which a name is asked */
  declare private asks: 'save' | 'rename' | undefined;
  private stopAsking: (() => void) | undefined;

  constructor() {
    super();
    this.saved = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    let looks = 0;
    this.stopAsking = this.host.refresh.subscribe(async () => {
      if (++looks % seldom === 0) await this.read();
    });
    void this.read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopAsking?.();
  }

  /** A name is asked for what is shown: of something else it is not asked any more. */
  override willUpdate(before: Map<string, unknown>): void {
    const shown = before.get('shown') as ShownFilter | undefined;
    if (shown && JSON.stringify(saidIn(shown)) !== JSON.stringify(saidIn(this.shown))) this.asks = undefined;
  }

  override render() {
    const chosen = savedAs(this.saved, this.shown);
    const mayNot = this.lacking('replay');
    const isSaid = Object.keys(saidIn(this.shown)).length > 0;
    if (this.saved.length === 0 && (mayNot !== undefined || !isSaid)) return this.outcome();
    return html`<div class="tools" data-testid="psc-saved-filters">
        ${this.saved.length === 0 ? nothing : this.choices(chosen)}
        ${mayNot !== undefined || this.asks ? nothing : chosen ? this.acts(chosen) : isSaid ? this.button('save') : nothing}
      </div>
      ${this.asks ? this.form(this.asks, chosen) : nothing} ${this.outcome()}`;
  }

  private choices(chosen: SavedFilter | undefined) {
    return html`<label
      >${this.words('filter.saved')}
      <select data-testid="psc-saved-filter" @change=${this.choose}>
        <option value="" .selected=${!chosen}>–</option>
        ${this.saved.map(({ id, name }) => html`<option value=${id} .selected=${id === chosen?.id}>${plainText(name)}</option>`)}
      </select></label
    >`;
  }

  private acts(chosen: SavedFilter) {
    return html`${this.button('rename')}
      <button class="action" data-testid="psc-saved-delete" ?disabled=${this.acting} @click=${() => this.forget(chosen)}>
        ${this.words('filter.delete')}
      </button>`;
  }

  private button(asks: 'save' | 'rename') {
    return html`<button class="action" data-testid="psc-saved-${asks}" @click=${() => this.ask(asks)}>
      ${asks === 'save' ? this.words('filter.save') : this.words('filter.rename')}…
    </button>`;
  }

  private form(asks: 'save' | 'rename', chosen: SavedFilter | undefined) {
    return html`<form
      data-testid="psc-saved-form"
      @submit=${(event: SubmitEvent) => this.name(event, asks, chosen)}
      @keydown=${(event: KeyboardEvent) => event.key === 'Escape' && this.ask(undefined)}
    >
      <label
        >${this.words('filter.name')}
        <input
          name="name"
          type="text"
          required
          maxlength="80"
          autocomplete="off"
          data-testid="psc-saved-name"
          .value=${asks === 'rename' ? (chosen?.name ?? '') : ''}
      /></label>
      <button class="action primary" type="submit" data-testid="psc-saved-keep" ?disabled=${this.acting}>
        ${asks === 'save' ? this.words('filter.save') : this.words('filter.rename')}
      </button>
      <button class="action" type="button" @click=${() => this.ask(undefined)}>${this.words('act.back')}</button>
    </form>`;
  }

  private ask(asks: 'save' | 'rename' | undefined): void {
    this.keepOpener(asks !== undefined);
    this.asks = asks;
    if (asks) void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('input')?.focus());
  }

  private async name(event: SubmitEvent, asks: 'save' | 'rename', chosen: SavedFilter | undefined): Promise<void> {
    event.preventDefault();
    const name = String(new FormData(event.target as HTMLFormElement).get('name'));
    const { api } = this.host;
    await this.act(async () => {
      if (asks === 'rename' && chosen) await api.post('saved-filters/:id/rename', { name }, { id: chosen.id });
      else await api.post('saved-filters', { list: this.listed, name, filter: saidIn(this.shown) });
      this.asks = undefined;
      await this.read();
      return this.words('filter.wasSaved', { name });
    });
  }

  private forget({ id, name }: SavedFilter): Promise<void> {
    return this.act(async () => {
      await this.host.api.post('saved-filters/:id/delete', {}, { id });
      await this.read();
      return this.words('filter.wasDeleted', { name });
    });
  }

  private choose(event: Event): void {
    const { value } = event.target as HTMLSelectElement;
    this.clearOutcome();
    this.tell('psc-saved-filter', this.saved.find(({ id }) => id === value)?.filter ?? {});
  }

  /** What cannot be asked now is as it was: the list beside it says what is wrong. */
  private async read(): Promise<void> {
    const all = await this.host.api.get('saved-filters').catch(() => undefined);
    if (all) this.saved = all.filter(({ list }) => list === this.listed);
  }
}

define('psc-saved-filters', SavedFilters);
