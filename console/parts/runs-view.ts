import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { RunRow, RunStatus } from '../answers.ts';
import { asAsked, changed, type RunFilter } from '../view-models/run-filter.ts';
import { define } from './console-part.ts';
import './give-out.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';
import './run-details.ts';
import './run-filter.ts';
import './run-row.ts';
import { searchedList } from './searched-list.css.ts';
import './split-view.ts';

const pageSize = 50;

/** What can be chosen in the filter; the empty choice is all. */
export const filters = ['', 'open', 'running', 'waiting', 'done', 'dead', 'cancelled'] as const;
export type RunFilterName = (typeof filters)[number];
const statusesOf: Record<RunFilterName, RunStatus[]> = {
  '': [],
  open: ['ready', 'running', 'waiting'],
  running: ['running'],
  waiting: ['ready', 'waiting'],
  done: ['done'],
  dead: ['dead'],
  cancelled: ['cancelled'],
};

/** Runs as they move, newest first; a filter, a search, pages, and the details of one. */
export class RunsView extends LivePart {
  static override properties = {
    ...LivePart.properties,
    filter: {},
    by: { attribute: false },
    rows: { state: true },
    more: { state: true },
    pages: { state: true },
    chosen: {},
    opened: { attribute: false },
  };
  static override styles = [
    look,
    searchedList,
    css`
      .tools select {
        flex: 0 1 auto;
        max-width: 100%;
      }
      .pages {
        display: flex;
        gap: 8px;
        justify-content: center;
        padding: 10px;
      }
    `,
  ];
  declare filter: RunFilterName;
  /** id of the run whose details are open */
  declare chosen: string | undefined;
  /** a person has opened what is shown, here and now */
  declare opened: boolean;
  /** what else the list is narrowed to */
  declare by: RunFilter;
  /** of all that were listed here */
  private readonly flows = new Set<string>();
  private readonly systems = new Set<string>();
  declare private rows: RunRow[];
  declare private more: boolean;
  /** `before` of each page that was left behind */
  declare private pages: number[];

  constructor() {
    super();
    this.filter = '';
    this.opened = false;
    this.by = {};
    this.rows = [];
    this.more = false;
    this.pages = [];
  }

  protected override async load(): Promise<() => void> {
    const rows = await this.host.api.get('runs', {
      ...this.asked(),
      before: this.pages.at(-1),
      limit: pageSize + 1,
    });
    return () => {
      for (const { flow, failure } of rows) {
        this.flows.add(flow);
        if (failure?.system !== undefined) this.systems.add(failure.system);
      }
      this.more = rows.length > pageSize;
      this.rows = rows.slice(0, pageSize);
    };
  }

  private asked() {
    const status = statusesOf[this.filter].join(',');
    return { ...(status === '' ? {} : { status }), ...asAsked(this.by) };
  }

  override render() {
    return html`<psc-split ?chosen=${this.chosen !== undefined} data-testid="psc-runs">
      <div slot="list">
        ${this.tools()} ${this.trouble ? html`<div class="notice">${this.troubleNotice()}</div>` : nothing} ${this.list()} ${this.paging()}
      </div>
      <div slot="details" @psc-close=${this.close}>
        ${this.chosen === undefined ? nothing : html`<psc-run-details .host=${this.host} .run=${this.chosen} ?takesFocus=${this.opened}></psc-run-details>`}
      </div>
    </psc-split>`;
  }

  private tools() {
    return html`<div class="tools" role="search">
      <input
        type="search"
        data-testid="psc-search"
        aria-label=${this.words('run.search')}
        placeholder=${this.words('run.search')}
        .value=${this.by.search ?? ''}
        @input=${(event: InputEvent) => this.tell('psc-run-filter', changed(this.by, 'search', (event.target as HTMLInputElement).value))}
      />
      <select
        data-testid="psc-filter"
        aria-label=${this.words('run.filter')}
        .value=${this.filter}
        @change=${(event: Event) => this.tell('psc-filter', (event.target as HTMLSelectElement).value)}
      >
        ${filters.map((name) => html`<option value=${name} ?selected=${name === this.filter}>${this.words(`run.filterBy.${name || 'all'}`)}</option>`)}
      </select>
      <psc-give-out
        .host=${this.host}
        name="runs.csv"
        .ask=${() => this.host.api.get('exports/runs', this.asked())}
        .askParquet=${() => this.host.api.parquet('exports/runs', this.asked())}
      ></psc-give-out>
      <psc-run-filter
        .host=${this.host}
        listed="runs"
        .filter=${this.by}
        .status=${this.filter}
        .flows=${[...this.flows]}
        .systems=${[...this.systems]}
      ></psc-run-filter>
    </div>`;
  }

  private list() {
    const now = Date.now();
    if (this.rows.length === 0) {
      if (!this.loaded) return html`<p class="nothing" aria-busy="true">${this.words('loading')}</p>`;
      if (this.trouble) return nothing;
      return html`<p class="nothing" data-testid="psc-no-runs">
        ${this.words(this.filter || Object.keys(this.by).length > 0 ? 'run.noMatch' : 'run.none')}
      </p>`;
    }
    return html`<ul data-testid="psc-run-list" aria-label=${this.words('tab.runs')} @psc-open=${this.open}>
      ${repeat(
        this.rows,
        (row) => row.id,
        (row) => html`<li><psc-run-row .host=${this.host} .row=${row} .now=${now} .chosen=${row.id === this.chosen}></psc-run-row></li>`,
      )}
    </ul>`;
  }

  private paging() {
    if (!this.more && this.pages.length === 0) return nothing;
    return html`<nav class="pages" aria-label=${this.words('page.title')}>
      <button
        class="action"
        data-testid="psc-newer"
        ?disabled=${this.pages.length === 0}
        @click=${() => this.ask({ pages: this.pages.slice(0, -1) })}
      >
        ${this.words('page.newer')}
      </button>
      <button
        class="action"
        data-testid="psc-older"
        ?disabled=${!this.more}
        @click=${() => this.ask({ pages: [...this.pages, this.rows.at(-1)?.seq ?? 0] })}
      >
        ${this.words('page.older')}
      </button>
    </nav>`;
  }

  private ask(change: { pages: number[] }): void {
    this.pages = change.pages;
    void this.reload();
  }

  override willUpdate(before: Map<string, unknown>): void {
    // another question begins at its first page
    if (['filter', 'by'].some((name) => before.get(name) !== undefined) && this.isConnected) {
      this.pages = [];
      void this.reload();
    }
  }

  private open(event: CustomEvent<string>): void {
    this.opened = true;
    this.chosen = event.detail;
    this.tell('psc-chosen', event.detail);
  }

  private close(): void {
    const before = this.chosen;
    this.chosen = undefined;
    this.tell('psc-chosen', undefined);
    void this.updateComplete.then(() => {
      const row = [...this.renderRoot.querySelectorAll('psc-run-row')].find((part) => (part as { row?: RunRow }).row?.id === before);
      const back = row?.shadowRoot?.querySelector('button') ?? this.renderRoot.querySelector<HTMLElement>('input[type="search"]');
      back?.focus();
    });
  }
}

define('psc-runs', RunsView);
