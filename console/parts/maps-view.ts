import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ownershipTable } from '../../model/ownership-table.ts';
import type { CrosswalkRow, Unmapped } from '../answers.ts';
import { firstOf } from '../view-models/first-of.ts';
import './give-out.ts';
import { define } from './console-part.ts';
import { icon } from './icons.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';
import './map-entry.ts';
import './map-file.ts';
import './map-form.ts';
import type { EntryDraft } from './map-form.ts';
import { outside } from './outside.ts';
import { searchedList } from './searched-list.css.ts';

const most = 200;

/** What values of one system are in another: what runs wait for first, then the entries. */
export class MapsView extends LivePart {
  static override properties = {
    ...LivePart.properties,
    table: { state: true },
    search: { state: true },
    found: { state: true },
    draft: { state: true },
    takesIn: { state: true },
    done: { state: true },
  };
  static override styles = [
    look,
    searchedList,
    css`
      :host {
        display: block;
        flex: 1;
        overflow: auto;
      }
      .body {
        display: grid;
        gap: 10px;
        padding: 12px;
      }
      .entries {
        display: grid;
        gap: 6px;
      }
      .missing {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        align-items: center;
        padding: 6px 0;
        border-bottom: 1px solid var(--red-ui-secondary-border-color);
      }
      .missing:last-child {
        border-bottom: 0;
      }
      .missing .actions {
        margin-left: auto;
      }
      h2 {
        margin-bottom: 4px;
      }
    `,
  ];
  declare private table: string;
  declare private search: string;
  declare private found: { tables: string[]; unmapped: Unmapped[]; moreUnmapped: boolean; rows: CrosswalkRow[]; more: boolean };
  /** what is entered, or changed, at present */
  declare private draft: EntryDraft | undefined;
  declare private takesIn: boolean;
  declare private done: string | undefined;

  constructor() {
    super();
    this.table = '';
    this.search = '';
    this.found = { tables: [], unmapped: [], moreUnmapped: false, rows: [], more: false };
    this.takesIn = false;
  }

  protected override async load(): Promise<() => void> {
    const { api } = this.host;
    const [tables, unmapped, rows] = await Promise.all([
      api.get('crosswalk'),
      api.get('crosswalk/unmapped', { limit: most + 1 }),
      api.get('crosswalk/rows', {
        ...(this.table ? { table: this.table } : {}),
        ...(this.search.trim() ? { search: this.search.trim() } : {}),
        limit: most + 1,
      }),
    ]);
    return () => {
      const missing = firstOf(unmapped, most);
      const { shown, more } = firstOf(rows, most);
      this.found = { tables: tables.map(({ table }) => table), unmapped: missing.shown, moreUnmapped: missing.more, rows: shown, more };
    };
  }

  override render() {
    return html`${this.tools()}
      <div class="body" @psc-map-done=${this.finish} @psc-stay=${() => this.ask(undefined)}>
        ${this.troubleNotice()}
        ${this.done === undefined ? nothing : html`<psc-notice tone="good" tabindex="-1" data-testid="psc-map-done" .text=${this.done}></psc-notice>`}
        ${this.draft && !this.draft.row ? this.form(this.draft) : nothing}
        ${this.takesIn ? html`<psc-map-file .host=${this.host}></psc-map-file>` : nothing} ${this.missing()} ${this.entries()}
      </div>`;
  }

  private tools() {
    const lacking = this.lacking();
    return html`<div class="tools" role="search">
      <select
        data-testid="psc-map-table"
        aria-label=${this.words('maps.table')}
        @change=${(event: Event) => this.look({ table: (event.target as HTMLSelectElement).value })}
      >
        <option value="" ?selected=${this.table === ''}>${this.words('maps.all')}</option>
        <option value=${ownershipTable} ?selected=${this.table === ownershipTable}>${this.words('ownership.title')}</option>
        ${this.found.tables.filter((table) => table !== ownershipTable).map((table) => html`<option value=${table} ?selected=${table === this.table}>${table}</option>`)}
      </select>
      <input
        type="search"
        data-testid="psc-map-search"
        aria-label=${this.words('maps.search')}
        placeholder=${this.words('maps.search')}
        .value=${this.search}
        @input=${(event: InputEvent) => this.look({ search: (event.target as HTMLInputElement).value })}
      />
      <button
        class="action primary"
        data-testid="psc-map-add"
        ?disabled=${lacking !== undefined}
        title=${lacking ?? nothing}
        @click=${() => this.ask({ entry: this.table === ownershipTable ? { table: this.table, to: '*' } : { table: this.table } })}
      >
        ${this.words('maps.add')}…
      </button>
      <psc-give-out
        .host=${this.host}
        name=${`${this.table || 'maps'}.csv`}
        .ask=${() => this.host.api.get('crosswalk/csv', this.table ? { table: this.table } : {})}
      ></psc-give-out>
      <button
        class="action"
        data-testid="psc-map-in"
        ?disabled=${lacking !== undefined}
        title=${lacking ?? nothing}
        @click=${() => {
          this.ask(undefined);
          this.takesIn = true;
        }}
      >
        ${this.words('maps.in')}…
      </button>
    </div>`;
  }

  /** What runs wait for, whichever map is looked at. */
  private missing() {
    const { unmapped, moreUnmapped } = this.found;
    if (unmapped.length === 0) return nothing;
    return html`<section class="card" aria-labelledby="missing" data-testid="psc-unmapped">
      <h2 id="missing">${this.words('maps.missing')}</h2>
      <ul>
        ${unmapped.map(
          (one) =>
            html`<li class="missing" data-testid="psc-unmapped-value">
              <span class="wrap"
                ><span class="quiet">${outside(one.table)}: ${outside(one.from)}</span> <b>${outside(one.value)}</b> ${icon('open')}
                <span class="quiet">${outside(one.to)}</span></span
              >
              <span class="quiet">${this.neededOn(one)}</span>
              <button class="plain link" data-testid="psc-unmapped-run" @click=${() => this.tell('psc-open', one.run)}>
                ${this.counted('maps.wait', one.runs)}
              </button>
              <span class="quiet">${this.host.formats.ago(one.since, Date.now())}</span>
              <span class="actions"
                ><button
                  class="action"
                  data-testid="psc-unmapped-enter"
                  ?disabled=${this.lacking() !== undefined}
                  title=${this.lacking() ?? nothing}
                  aria-label=${this.words('maps.enterFor', { value: one.value })}
                  @click=${() => this.ask({ entry: one, note: this.neededOn(one) })}
                >
                  ${this.words('maps.enter')}…
                </button></span
              >
            </li>`,
        )}
      </ul>
      ${moreUnmapped ? html`<p class="quiet">${this.words('maps.more', { n: this.host.formats.number(most) })}</p>` : nothing}
    </section>`;
  }

  private neededOn({ firstDate, lastDate }: Unmapped): string {
    const { formats } = this.host;
    const first = formats.date(firstDate);
    return firstDate === lastDate
      ? this.words('maps.neededOn', { first })
      : this.words('maps.needed', { first, last: formats.date(lastDate) });
  }

  private entries() {
    const { rows, more } = this.found;
    if (rows.length === 0) {
      if (this.trouble) return nothing;
      const none = this.table === ownershipTable ? 'ownership.none' : 'maps.none';
      const isAll = this.table === '' || this.table === ownershipTable;
      const said = this.search || !isAll ? 'maps.noMatch' : none;
      return html`<p class="nothing" data-testid="psc-no-maps">${this.words(this.loaded ? said : 'loading')}</p>`;
    }
    return html`<ul class="entries" data-testid="psc-map-entries" aria-label=${this.words('tab.maps')}>
        ${repeat(
          rows,
          ({ id }) => id,
          (row) =>
            html`<li>
              <psc-map-entry
                .host=${this.host}
                .row=${row}
                .lacking=${this.lacking()}
                @psc-map-change=${() => this.ask({ entry: row, row })}
              ></psc-map-entry>
              ${this.draft?.row?.id === row.id ? this.form(this.draft) : nothing}
            </li>`,
        )}
      </ul>
      ${more ? html`<p class="quiet" data-testid="psc-more-maps">${this.words('maps.more', { n: this.host.formats.number(most) })}</p>` : nothing}`;
  }

  private form(draft: EntryDraft) {
    return html`<psc-map-form .host=${this.host} .draft=${draft}></psc-map-form>`;
  }

  private lacking(): string | undefined {
    return this.host.rights.has('map') ? undefined : this.words('trouble.lacking', { permission: 'ps-connect.map' });
  }

  private ask(draft: EntryDraft | undefined): void {
    this.draft = undefined; // a form of its own for each
    this.takesIn = false;
    this.done = undefined;
    void this.updateComplete.then(() => (this.draft = draft));
  }

  private look(to: { table?: string; search?: string }): void {
    Object.assign(this, to);
    void this.reload();
  }

  private finish(event: CustomEvent<string>): void {
    this.ask(undefined);
    this.done = event.detail;
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('[data-testid=psc-map-done]')?.focus());
  }
}

define('psc-maps', MapsView);
