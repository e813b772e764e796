import { css, html, nothing } from 'lit';
import type { ApprovalRow, RunDetails } from '../answers.ts';
import { define } from './console-part.ts';
import './failure-card.ts';
import { icon } from './icons.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';
import './node-chip.ts';
import './run-acts.ts';
import './run-history.ts';
import './run-status.ts';
import { runTitle } from './run-title.ts';
import './step-list.ts';
import { tellsWhy } from '../view-models/tells-why.ts';
import { plainText } from '../../model/plain-text.ts';
import { outside } from './outside.ts';

/** One run, whole: where it stands, what is wrong, what can be done, its steps and its past. Tells `psc-close` to be closed. */
export class RunDetailsView extends LivePart {
  static override properties = {
    ...LivePart.properties,
    run: {},
    details: { state: true },
    masked: { state: true },
    approvals: { state: true },
    takesFocus: { type: Boolean },
    gone: { state: true },
  };
  static override styles = [
    look,
    css`
      :host {
        container-type: inline-size;
      }
      .head {
        display: grid;
        grid-template-columns: auto 1fr;
        gap: 2px 8px;
        align-items: start;
        margin-bottom: 10px;
      }
      .back {
        padding: 3px;
        margin: -1px 0 0 -3px;
        border-radius: 4px;
      }
      .back:hover {
        background: var(--red-ui-secondary-background-hover);
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        align-items: center;
        grid-column: 2;
      }
      h2 {
        outline: none;
      }
      .client {
        font-weight: 400;
      }
      .event {
        margin-top: 4px;
      }
    `,
  ];
  /** id of the run */
  declare run: string;
  declare private details: RunDetails | undefined;
  declare private masked: boolean;
  declare private approvals: ApprovalRow[];
  /** somebody has opened it: the keyboard comes along */
  declare takesFocus: boolean;
  private focused: string | undefined;

  constructor() {
    super();
    this.masked = false;
    this.approvals = [];
    this.takesFocus = false;
  }

  override willUpdate(changed: Map<string, unknown>): void {
    if (!changed.has('run') || changed.get('run') === undefined) return;
    this.details = undefined;
    this.loaded = false;
    void this.reload();
  }

  protected override async load(): Promise<() => void> {
    const { run } = this;
    const { details, masked } = await this.ask(run);
    const approvals = details.run.waitingFor ? await this.questions(run) : [];
    return () => {
      if (run !== this.run) return;
      this.details = details;
      this.masked = masked;
      this.approvals = approvals;
    };
  }

  /** Who may edit an event sees it as it is; others see personal data masked. */
  private async ask(run: string): Promise<{ details: RunDetails; masked: boolean }> {
    const masked = await this.host.api.get('runs/:id', { id: run });
    if (masked.run.status !== 'dead') return { details: masked, masked: true };
    const { api, rights } = this.host;
    if (!rights.known) rights.take(await api.get('overview'));
    if (!rights.has('edit')) return { details: masked, masked: true };
    return { details: await api.get('dead-letters/:id', { id: run }), masked: false };
  }

  private async questions(run: string): Promise<ApprovalRow[]> {
    const asked = await this.host.api.get('approvals', { run });
    return asked.filter(({ status }) => status === 'open');
  }

  override updated(): void {
    if (!this.takesFocus || !this.details || this.focused === this.run) return;
    this.focused = this.run;
    this.renderRoot.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  }

  /** Esc leads back to the list, but not out of what is being written. */
  private leave(event: KeyboardEvent): void {
    const [from] = event.composedPath();
    if (event.key !== 'Escape' || (from instanceof Element && from.matches('input, textarea, select'))) return;
    event.stopPropagation();
    this.tell('psc-close');
  }

  override render() {
    const { details } = this;
    if (!details) return this.trouble ? this.troubleNotice() : html`<p class="nothing" aria-busy="true">${this.words('loading')}</p>`;
    const { run, at, effects, attempts, journal, olderAttempts = false, olderJournal = false } = details;
    const shown = run.failure && tellsWhy(run);
    return html`<article data-testid="psc-run-details" data-run=${run.id} aria-label=${plainText(run.event.subject)} @keydown=${this.leave}>
      ${this.troubleNotice()} ${this.head(details)}
      ${shown ? html`<psc-failure .host=${this.host} .failure=${run.failure} .node=${run.failedNode}></psc-failure>` : nothing}
      <psc-run-acts .host=${this.host} .details=${details} .approvals=${this.approvals} .masked=${this.masked}></psc-run-acts>
      ${
        at.length > 0
          ? html`<h3>${this.words('run.at')}</h3>
              <div class="line">${at.map((node) => html`<psc-node .host=${this.host} .node=${node}></psc-node>`)}</div>`
          : nothing
      }
      <h3>
        ${this.words('step.title')}
        ${effects.length > 0 ? html`<span class="quiet">${this.host.formats.number(effects.length)}</span>` : nothing}
      </h3>
      <psc-steps .host=${this.host} .effects=${effects} .status=${run.status}></psc-steps>
      ${this.event(run)}
      <psc-run-history
        .host=${this.host}
        .attempts=${attempts}
        .journal=${journal}
        ?olderAttempts=${olderAttempts}
        ?olderJournal=${olderJournal}
      ></psc-run-history>
    </article>`;
  }

  private head({ run, about, withoutEntry }: RunDetails) {
    const { flows, formats } = this.host;
    return html`<header class="head">
      <button
        class="plain back"
        data-testid="psc-back"
        aria-label=${this.words('act.close')}
        title=${this.words('act.close')}
        @click=${() => this.tell('psc-close')}
      >
        ${icon('back')}
      </button>
      <h2 tabindex="-1">${runTitle(this.host.words, run.event.subject, about)}</h2>
      <div class="line">
        <psc-run-status .host=${this.host} .status=${run.status}></psc-run-status>
        <span class="quiet">${outside(flows.flowName(run.flow) ?? this.words('flow.gone'))}</span>
        <span class="quiet" title=${formats.instant(run.createdAt)}>${formats.ago(run.createdAt, Date.now())}</span>
        <span class="quiet">${this.counted('run.attempts', run.attempts)}</span>
        ${run.compensating ? html`<span class="quiet">${this.words('run.undoing')}</span>` : nothing}
        ${withoutEntry ? html`<span class="quiet" data-testid="psc-without-entry">${this.words('run.withoutEntry', { node: run.entry })}</span>` : nothing}
        ${run.status === 'waiting' && run.waitingFor && !(withoutEntry && run.availableAt <= Date.now()) ? html`<span class="quiet">${this.words('run.waitsFor', { reason: this.told(run.waitingFor.reason, run.waitingFor.reasonWords) })}</span>` : run.status === 'waiting' && run.availableAt > Date.now() ? html`<span class="quiet">${this.words('run.next', { when: formats.ago(run.availableAt, Date.now()) })}</span>` : nothing}
      </div>
    </header>`;
  }

  private event(run: RunDetails['run']) {
    const { event } = run;
    const facts: [string, string, boolean][] = [
      ['subject', event.subject, false],
      ['type', event.type, true],
      ['source', event.source, true],
      ['id', event.id, true],
      ['time', this.host.formats.instant(event.time), false],
      ['key', event.key, true],
      ['run', run.id, true],
      ['revision', run.revision, true],
    ];
    return html`<h3>${this.words('event.title')}</h3>
      <dl class="facts" data-testid="psc-event-head">
        ${facts.map(
          ([name, value, code]) =>
            html`<dt>${this.words(`event.${name}`)}</dt>
              <dd class=${code ? 'code' : ''}>${outside(value)}</dd>`,
        )}
        <dt>${this.words('event.entry')}</dt>
        <dd><psc-node .host=${this.host} .node=${run.entry}></psc-node></dd>
      </dl>`;
  }
}

define('psc-run-details', RunDetailsView);
