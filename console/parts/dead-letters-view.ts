import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { asAsked, changed, type RunFilter } from '../view-models/run-filter.ts';
import { type DeadLetterGroup, groupDeadLetters } from '../view-models/group-dead-letters.ts';
import { define } from './console-part.ts';
import './give-out.ts';
import './dead-letter-acts.ts';
import './dead-letter-group.ts';
import './doubt-list.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';
import './run-details.ts';
import './run-filter.ts';
import { searchedList } from './searched-list.css.ts';
import './split-view.ts';

/** most dead letters the API gives at once */
const most = 500;

/** What needs a person, grouped by cause; many can be put right together. */
export class DeadLettersView extends LivePart {
  static override properties = {
    ...LivePart.properties,
    groups: { state: true },
    selected: { state: true },
    filter: { attribute: false },
    full: { state: true },
    chosen: {},
  };
  static override styles = [look, searchedList];
  declare chosen: string | undefined;
  declare private groups: DeadLetterGroup[];
  declare private selected: ReadonlySet<string>;
  declare private full: boolean;
  declare filter: RunFilter;
  /** of all that were listed here */
  private readonly flows = new Set<string>();
  private readonly systems = new Set<string>();
  /** a person has opened what is shown, here and now */
  private opened = false;

  constructor() {
    super();
    this.groups = [];
    this.selected = new Set();
    this.filter = {};
    this.full = false;
  }

  protected override async load(): Promise<() => void> {
    const rows = await this.host.api.get('dead-letters', { ...this.asked(), limit: most });
    return () => {
      for (const { flow, failure } of rows) {
        this.flows.add(flow);
        if (failure?.system !== undefined) this.systems.add(failure.system);
      }
      this.groups = groupDeadLetters(rows, this.host.failures);
      this.full = rows.length === most;
      const there = new Set(rows.map((row) => row.id));
      this.selected = new Set([...this.selected].filter((id) => there.has(id)));
    };
  }

  private asked() {
    return asAsked(this.filter);
  }

  override willUpdate(before: Map<string, unknown>): void {
    if (before.get('filter') !== undefined && this.isConnected) void this.reload();
  }

  override render() {
    return html`<psc-split ?chosen=${this.chosen !== undefined} data-testid="psc-dead-letters">
      <div slot="list">
        <div class="tools" role="search">
          <input
            type="search"
            data-testid="psc-dead-search"
            aria-label=${this.words('run.search')}
            placeholder=${this.words('run.search')}
            .value=${this.filter.search ?? ''}
            @input=${(event: InputEvent) => this.tell('psc-run-filter', changed(this.filter, 'search', (event.target as HTMLInputElement).value))}
          />
          <psc-give-out
            .host=${this.host}
            name="dead-letters.csv"
            .ask=${() => this.host.api.get('exports/dead-letters', this.asked())}
            .askParquet=${() => this.host.api.parquet('exports/dead-letters', this.asked())}
          ></psc-give-out>
          <psc-run-filter
            .host=${this.host}
            listed="dead-letters"
            .filter=${this.filter}
            .flows=${[...this.flows]}
            .systems=${[...this.systems]}
          ></psc-run-filter>
        </div>
        <psc-dead-letter-acts
          .host=${this.host}
          .selected=${this.selected}
          .dead=${this.groups.flatMap((group) => group.runs)}
          @psc-unselect=${() => this.select(new Set())}
        ></psc-dead-letter-acts>
        ${this.trouble ? html`<div class="notice">${this.troubleNotice()}</div>` : nothing}
        <psc-doubt-list .host=${this.host} @psc-open=${(event: CustomEvent<string>) => this.open(event.detail)}></psc-doubt-list>
        ${this.full ? html`<div class="notice"><psc-notice tone="warn" .text=${this.words('dead.full', { n: this.host.formats.number(most) })}></psc-notice></div>` : nothing}
        ${this.list()}
      </div>
      <div slot="details" @psc-close=${() => this.open(undefined)}>
        ${this.chosen === undefined ? nothing : html`<psc-run-details .host=${this.host} .run=${this.chosen} ?takesFocus=${this.opened}></psc-run-details>`}
      </div>
    </psc-split>`;
  }

  private list() {
    if (this.groups.length === 0) {
      if (!this.loaded) return html`<p class="nothing" aria-busy="true">${this.words('loading')}</p>`;
      if (this.trouble) return nothing;
      return html`<p class="nothing" data-testid="psc-no-dead-letters">
        ${this.words(Object.keys(this.filter).length > 0 ? 'run.noMatch' : 'dead.none')}
      </p>`;
    }
    return html`<div @psc-open=${(event: CustomEvent<string>) => this.open(event.detail)} @psc-select=${this.mark}>
      ${repeat(
        this.groups,
        (group) => `${group.class} ${group.code}`,
        (group) =>
          html`<psc-dead-letter-group
            .host=${this.host}
            .group=${group}
            .selected=${this.selected}
            ?partial=${this.full}
            .chosen=${this.chosen}
          ></psc-dead-letter-group>`,
      )}
    </div>`;
  }

  private mark(event: CustomEvent<{ runs: string[]; on: boolean }>): void {
    const next = new Set(this.selected);
    for (const run of event.detail.runs) event.detail.on ? next.add(run) : next.delete(run);
    this.select(next);
  }

  private select(selected: ReadonlySet<string>): void {
    this.selected = selected;
  }

  private open(run: string | undefined): void {
    const before = this.chosen;
    this.opened = true;
    this.chosen = run;
    this.tell('psc-chosen', run);
    if (run === undefined) void this.updateComplete.then(() => this.backTo(before));
  }

  /** The keyboard is where it was before the details were opened; where that is gone, at the search. */
  private backTo(run: string | undefined): void {
    const groups = [...this.renderRoot.querySelectorAll('psc-dead-letter-group')];
    const row = groups.map((group) => group.shadowRoot?.querySelector<HTMLElement>(`[data-run="${run}"] button`)).find(Boolean);
    (row ?? this.renderRoot.querySelector<HTMLElement>('input[type="search"]'))?.focus();
  }
}

define('psc-dead-letters', DeadLettersView);
