import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { plainText } from '../../model/plain-text.ts';
import type { Board, Engagement, RunRow } from '../answers.ts';
import './give-out.ts';
import { define } from './console-part.ts';
import { icon } from './icons.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

const stages = ['won', 'customer', 'project', 'planned', 'staffed', 'worked', 'billed', 'paid'] as const;
type Stage = (typeof stages)[number];
const pageSize = 50;

/** Engagements over all systems: how many have come how far, and of each where it stands, since when, and what holds it up. */
export class BoardView extends LivePart {
  static override properties = { ...LivePart.properties, board: { state: true }, stage: { state: true }, search: { state: true } };
  static override styles = [
    look,
    css`
      :host {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 12px;
      }
      .funnel {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(88px, 1fr));
        gap: 6px;
        margin-bottom: 10px;
      }
      .funnel button {
        display: grid;
        gap: 2px;
        justify-items: start;
        padding: 6px 8px;
        border: 1px solid var(--red-ui-secondary-border-color);
        border-radius: 4px;
        color: var(--red-ui-primary-text-color);
        background: var(--red-ui-secondary-background);
      }
      .funnel button[aria-pressed='true'] {
        border-color: var(--red-ui-workspace-button-background-primary);
        box-shadow: inset 0 -2px var(--red-ui-workspace-button-background-primary);
      }
      .funnel b {
        font-size: 18px;
      }
      input[type='search'] {
        width: 100%;
        box-sizing: border-box;
        margin-bottom: 10px;
      }
      ul {
        display: grid;
        gap: 8px;
      }
      .card {
        display: grid;
        gap: 6px;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        align-items: baseline;
      }
      header .number {
        margin-left: auto;
      }
      ol {
        display: flex;
        gap: 3px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      ol li {
        flex: 1;
        height: 8px;
        border-radius: 2px;
        background: var(--red-ui-secondary-border-color);
      }
      ol li.reached {
        background: var(--red-ui-text-color-success);
      }
      .tools {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      .tools input {
        flex: 1 1 160px;
      }
      .still {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 8px;
        align-items: baseline;
        overflow-wrap: anywhere;
      }
    `,
  ];
  declare private board: Board | undefined;
  declare private stage: Stage | undefined;
  declare private search: string;
  /** pages that were asked for so far */
  private pages = 1;

  constructor() {
    super();
    this.search = '';
  }

  protected override async load(): Promise<() => void> {
    const asked = { ...this.asked(), limit: pageSize };
    let board = await this.host.api.get('board', asked);
    for (let page = 1; page < this.pages && board.next !== null; page++) {
      const further = await this.host.api.get('board', { ...asked, after: board.next });
      board = { ...further, engagements: [...board.engagements, ...further.engagements] };
    }
    return () => void (this.board = board);
  }

  private asked() {
    return { stage: this.stage, search: this.search.trim() || undefined };
  }

  override render() {
    const { board } = this;
    return html`${this.troubleNotice()}
      <div class="funnel" role="group" aria-label=${this.words('board.funnel')} data-testid="psc-funnel">
        ${stages.map((stage) => this.step(stage, board?.funnel[stage] ?? 0))}
      </div>
      <div class="tools">
        <input
          type="search"
          data-testid="psc-board-search"
          aria-label=${this.words('board.search')}
          placeholder=${this.words('board.search')}
          .value=${this.search}
          @input=${(event: InputEvent) => this.ask({ search: (event.target as HTMLInputElement).value })}
        />
        <psc-give-out
          .host=${this.host}
          name="board.csv"
          .ask=${() => this.host.api.get('exports/board', this.asked())}
          .askParquet=${() => this.host.api.parquet('exports/board', this.asked())}
        ></psc-give-out>
      </div>
      ${board?.engagements.length ? nothing : html`<p class="nothing" data-testid="psc-no-board">${this.nothing()}</p>`}
      <ul data-testid="psc-board">
        ${repeat(
          board?.engagements ?? [],
          ({ code }) => code,
          (one) => html`<li>${this.card(one)}</li>`,
        )}
      </ul>
      ${board?.next ? html`<button class="action" data-testid="psc-board-more" @click=${this.further}>${this.words('board.more')}</button>` : nothing}`;
  }

  private nothing(): string {
    if (!this.loaded) return this.words('loading');
    return this.words(this.stage !== undefined || this.search.trim() !== '' ? 'board.noneSuch' : 'board.none');
  }

  private step(stage: Stage, count: number) {
    return html`<button
      class="plain"
      data-testid="psc-stage"
      data-stage=${stage}
      aria-pressed=${String(this.stage === stage)}
      @click=${() => this.ask({ stage: this.stage === stage ? undefined : stage })}
    >
      <b class="number">${this.host.formats.number(count)}</b> <span>${this.words(`board.stage.${stage}`)}</span>
    </button>`;
  }

  private card({ code, client, entity, amount, currency, stage, since, reached, waits }: Engagement) {
    const { formats } = this.host;
    const ago = formats.ago(since, Date.now());
    return html`<article class="card" data-testid="psc-engagement" data-code=${code} data-stage=${stage} aria-label=${plainText(code)}>
      <header>
        <h2>${outside(code)}</h2>
        ${client === undefined ? nothing : html`<span>${outside(client)}</span>`}
        ${entity === undefined ? nothing : html`<span class="quiet">${outside(entity)}</span>`}
        ${amount === undefined || currency === undefined ? nothing : html`<span class="number">${formats.money(amount, currency)}</span>`}
      </header>
      <ol>
        ${stages.map((one) => this.mark(one, reached[one]))}
      </ol>
      <span class="quiet">${this.words('board.since', { stage: this.words(`board.stage.${stage}`), ago })}</span>
      ${waits.map((run) => this.still(run))}
      <div class="tools">
        ${this.behind(code, 'runs')} ${waits.some(({ status }) => status === 'dead') ? this.behind(code, 'dead') : nothing}
      </div>
    </article>`;
  }

  /** Leads to all runs of an engagement, over all systems, or to its dead letters. */
  private behind(engagement: string, tab: 'runs' | 'dead') {
    return html`<button
      class="action"
      data-testid="psc-board-${tab}"
      @click=${() => this.tell('psc-show-list', { tab, by: { engagement } })}
    >
      ${tab === 'runs' ? this.words('board.runs') : this.words('board.deadLetters')}
    </button>`;
  }

  private mark(stage: Stage, at: number | undefined) {
    const name = this.words(`board.stage.${stage}`);
    const text =
      at === undefined
        ? this.words('board.notReached', { stage: name })
        : this.words('board.reachedAt', { stage: name, at: this.host.formats.instant(at) });
    return html`<li class=${at === undefined ? '' : 'reached'} title=${text} aria-label=${text}></li>`;
  }

  private still(run: RunRow) {
    const { formats } = this.host;
    const isDead = run.status === 'dead';
    const why = run.failure
      ? this.sentence(run.failure).message
      : run.waitingFor && this.told(run.waitingFor.reason, run.waitingFor.reasonWords);
    return html`<div class="still" data-testid="psc-still">
      <span class="state ${isDead ? 'bad' : 'warn'}"
        >${icon(isDead ? 'cross' : 'clock')}${this.words(isDead ? 'board.dead' : 'board.waiting')}</span
      >
      <span class="quiet">${formats.ago(run.updatedAt, Date.now())}</span>
      ${why === undefined ? nothing : html`<span>${outside(why)}</span>`}
      <button class="action" @click=${() => this.tell('psc-open', run.id)}>${this.words('board.open')}</button>
    </div>`;
  }

  private ask(asked: { stage?: Stage | undefined; search?: string }): void {
    if ('stage' in asked) this.stage = asked.stage;
    if (asked.search !== undefined) this.search = asked.search;
    this.pages = 1;
    void this.reload();
  }

  private further(): void {
    this.pages++;
    void this.reload();
  }
}

define('psc-board', BoardView);
