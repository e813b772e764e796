import { css, html, nothing } from 'lit';
import type { Overview, RunStatus } from '../answers.ts';
import './approvals-view.ts';
import './board-view.ts';
import './connections-view.ts';
import { ConsolePart, define } from './console-part.ts';
import './dead-letters-view.ts';
import './kpis-view.ts';
import { look } from './look.css.ts';
import './maps-view.ts';
import './reconciliations-view.ts';
import { filters, type RunFilterName } from './runs-view.ts';
import './status-strip.ts';
import { type RunFilter, runFilters } from '../view-models/run-filter.ts';
import type { ShownFilter } from '../view-models/saved-filters.ts';

const tabs = ['runs', 'dead', 'approvals', 'board', 'kpis', 'maps', 'connections', 'reconcile'] as const;
type Tab = (typeof tabs)[number];

/** The whole console: status on top, below it one of its views. The sidebar and the page both show exactly this. */
export class ConsoleRoot extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    tab: { state: true },
    filter: { state: true },
    by: { state: true },
    chosen: { state: true },
    dead: { state: true },
    approvals: { state: true },
  };
  static override styles = [
    look,
    css`
      :host {
        container-type: inline-size;
        display: flex;
        flex-direction: column;
        height: 100%;
        min-height: 0;
        background: var(--red-ui-secondary-background);
      }
      .tabs {
        display: flex;
        flex-wrap: wrap;
        border-bottom: 1px solid var(--red-ui-primary-border-color);
        padding: 0 6px;
      }
      .tabs button {
        display: inline-flex;
        gap: 6px;
        align-items: center;
        padding: 6px 8px;
        border-bottom: 2px solid transparent;
        color: var(--red-ui-secondary-text-color);
      }
      .tabs button:hover {
        color: var(--red-ui-primary-text-color);
      }
      .tabs button[aria-selected='true'] {
        border-bottom-color: var(--red-ui-workspace-button-background-primary);
        color: var(--red-ui-primary-text-color);
        font-weight: 600;
      }
      .tabs button:focus-visible {
        outline-offset: -2px;
      }
      @container (max-width: 419px) {
        .tabs {
          padding: 0 4px;
        }
        .tabs button {
          padding: 4px 6px;
          font-size: 12px;
        }
      }
      .count {
        padding: 0 6px;
        border-radius: 10px;
        font-size: 11px;
        font-weight: 600;
        color: var(--red-ui-secondary-background);
        background: var(--red-ui-text-color-error);
      }
      .panel {
        flex: 1;
        min-height: 0;
        display: flex;
        flex-direction: column;
      }
    `,
  ];
  declare private tab: Tab;
  declare private filter: RunFilterName;
  /** what the lists of runs and of dead letters are narrowed to */
  declare private by: { runs: RunFilter; dead: RunFilter };
  /** run whose details are open, kept while other tabs are looked at */
  declare private chosen: Partial<Record<Tab, string>>;
  declare private dead: number;
  declare private approvals: number;
  private watcher: IntersectionObserver | undefined;
  private readonly seen = () => this.look();
  private stopFollowing: (() => void) | undefined;
  private inView = false;
  /** a person has opened a run from another tab: the keyboard goes to it */
  private byHand = false;

  constructor() {
    super();
    this.tab = 'runs';
    this.filter = '';
    this.by = { runs: {}, dead: {} };
    this.chosen = {};
    this.dead = 0;
    this.approvals = 0;
  }

  /** Asks only while it can be seen: the sidebar's tab may be hidden, and so may the browser's. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.watcher = new IntersectionObserver(([entry]) => {
      this.inView = entry?.isIntersecting ?? false;
      this.look();
    });
    this.watcher.observe(this);
    document.addEventListener('visibilitychange', this.seen);
    this.stopFollowing = this.host.place?.onMove(() => this.follow());
    this.follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.watcher?.disconnect();
    document.removeEventListener('visibilitychange', this.seen);
    this.stopFollowing?.();
    this.host.refresh.setVisible(false);
  }

  /** Shows what the address says; what it does not know is as if nothing were said. */
  private follow(): void {
    if (!this.host.place) return;
    const { tab = '', filter = '', run, ...more } = this.host.place.now();
    this.tab = tabs.find((one) => one === tab) ?? 'runs';
    this.filter = filters.find((one) => one === filter) ?? '';
    if (this.tab === 'dead' || this.tab === 'runs') this.by = { ...this.by, [this.tab]: more };
    this.chosen = { ...this.chosen, [this.tab]: run };
  }

  override updated(changed: Map<string, unknown>): void {
    if (!['tab', 'filter', 'by', 'chosen'].some((name) => changed.has(name))) return;
    const { tab, filter, by, chosen } = this;
    const run = chosen[tab];
    this.host.place?.go({
      ...(tab === 'runs' ? { filter } : { tab }),
      ...(tab === 'dead' || tab === 'runs' ? by[tab] : {}),
      ...(run === undefined ? {} : { run }),
    });
  }

  private look(): void {
    this.host.refresh.setVisible(this.inView && document.visibilityState === 'visible');
  }

  override render() {
    return html` <psc-status-strip .host=${this.host} @psc-overview=${this.takeOverview} @psc-show-runs=${this.showRuns}></psc-status-strip>
      <div class="tabs" role="tablist" aria-label=${this.words('title')} @keydown=${this.move}>
        ${tabs.map((tab) => this.tabButton(tab))}
      </div>
      <div class="panel" role="tabpanel" id="panel" aria-labelledby="tab-${this.tab}" @psc-chosen=${this.choose}>${this.panel()}</div>`;
  }

  private tabButton(tab: Tab) {
    const on = tab === this.tab;
    return html`<button
      class="plain"
      role="tab"
      id="tab-${tab}"
      data-testid="psc-tab-${tab}"
      aria-selected=${String(on)}
      aria-controls="panel"
      tabindex=${on ? 0 : -1}
      @click=${() => this.show(tab)}
    >
      ${this.words(`tab.${tab}`)}${this.count(tab === 'dead' ? this.dead : tab === 'approvals' ? this.approvals : 0)}
    </button>`;
  }

  private count(n: number) {
    return n > 0 ? html`<span class="count">${this.host.formats.number(n)}</span>` : nothing;
  }

  private panel() {
    const { host } = this;
    switch (this.tab) {
      case 'runs':
        return html`<psc-runs
          .host=${host}
          .filter=${this.filter}
          .by=${this.by.runs}
          .chosen=${this.chosen.runs}
          .opened=${this.byHand}
          @psc-filter=${this.setFilter}
          @psc-run-filter=${this.narrow}
          @psc-saved-filter=${this.takeSaved}
        ></psc-runs>`;
      case 'dead':
        return html`<psc-dead-letters
          .host=${host}
          .filter=${this.by.dead}
          .chosen=${this.chosen.dead}
          @psc-run-filter=${this.narrow}
          @psc-saved-filter=${this.takeSaved}
        ></psc-dead-letters>`;
      case 'approvals':
        return html`<psc-approvals .host=${host} @psc-open=${this.openRun}></psc-approvals>`;
      case 'maps':
        return html`<psc-maps .host=${host} @psc-open=${this.openRun}></psc-maps>`;
      case 'connections':
        return html`<psc-connections .host=${host}></psc-connections>`;
      case 'board':
        return html`<psc-board .host=${host} @psc-open=${this.openRun} @psc-show-list=${this.showList}></psc-board>`;
      case 'kpis':
        return html`<psc-kpis .host=${host}></psc-kpis>`;
      case 'reconcile':
        return html`<psc-reconciliations .host=${host} @psc-open=${this.openRun}></psc-reconciliations>`;
    }
  }

  private show(tab: Tab): void {
    if (tab !== 'runs') this.byHand = false;
    this.tab = tab;
  }

  private choose(event: CustomEvent<string | null>): void {
    this.chosen = { ...this.chosen, [this.tab]: event.detail ?? undefined };
  }

  private setFilter(event: CustomEvent<RunFilterName>): void {
    this.filter = event.detail;
  }

  private narrow(event: CustomEvent<RunFilter>): void {
    this.by = { ...this.by, [this.tab]: event.detail };
  }

  private takeSaved(event: CustomEvent<ShownFilter>): void {
    const { filter, ...by } = event.detail;
    if (this.tab === 'runs') this.filter = filters.find((one) => one === filter) ?? '';
    this.by = { ...this.by, [this.tab]: Object.fromEntries(runFilters.flatMap((name) => (by[name] ? [[name, by[name]]] : []))) };
  }

  private showList(event: CustomEvent<{ tab: 'runs' | 'dead'; by: RunFilter }>): void {
    const { tab, by } = event.detail;
    this.by = { ...this.by, [tab]: by };
    this.chosen = { ...this.chosen, [tab]: undefined };
    if (tab === 'runs') this.filter = '';
    this.show(tab);
  }

  private takeOverview(event: CustomEvent<Overview>): void {
    this.dead = event.detail.runs?.dead ?? 0;
    this.approvals = event.detail.approvals ?? 0;
  }

  private showRuns(event: CustomEvent<{ status: RunStatus[]; dead: boolean }>): void {
    if (event.detail.dead) {
      this.show('dead');
      return;
    }
    this.filter = (event.detail.status.at(-1) ?? '') as RunFilterName;
    this.by = { ...this.by, runs: {} };
    this.chosen = { ...this.chosen, runs: undefined };
    this.show('runs');
  }

  private openRun(event: CustomEvent<string>): void {
    this.byHand = true;
    this.chosen = { ...this.chosen, runs: event.detail };
    this.show('runs');
  }

  /** Arrow keys walk through the tabs (ARIA Authoring Practices, Tabs pattern). */
  private move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = tabs[(tabs.indexOf(this.tab) + step + tabs.length) % tabs.length] as Tab;
    this.show(next);
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`#tab-${next}`)?.focus());
  }
}

define('psc-console', ConsoleRoot);
