import { css, html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { ApprovalRow, Json, RunDetails } from '../answers.ts';
import { changesOf, toldChange } from '../view-models/changes-of.ts';
import type { EditedJson } from '../view-models/edited-json.ts';
import { canonicalJson } from '../../model/json.ts';
import './approval-card.ts';
import { define } from './console-part.ts';
import './ask-reason.ts';
import './event-correction.ts';
import { ActingPart } from './acting-part.ts';
import { look } from './look.css.ts';

type PersonAct = 'discard' | 'cancel' | 'compensate' | 'replayEdited';

const openStates: readonly string[] = ['ready', 'waiting', 'running'];

/** What a person can do about one run: replay (as it was or as edited), undo or discard a dead letter, wake one that waits, cancel one that is open. */
export class RunActs extends ActingPart {
  static override properties = {
    ...ActingPart.properties,
    details: { attribute: false },
    approvals: { attribute: false },
    masked: { type: Boolean },
    edited: { state: true },
    asking: { state: true },
  };
  static override styles = [
    look,
    css`
      :host {
        display: grid;
        gap: 8px;
        margin-top: 10px;
      }
    `,
  ];
  declare details: RunDetails;
  /** personal data is masked: such data must not be written back */
  declare masked: boolean;
  declare private edited: EditedJson;
  /** so many times its correction has begun anew */
  private begun = 0;
  declare private asking: PersonAct | undefined;
  /** questions of the run that wait for a person */
  declare approvals: ApprovalRow[];
  /** when the run that was replayed here had last changed, before that */
  private replayedAt: number | undefined;

  constructor() {
    super();
    this.edited = { state: 'unchanged' };
    this.approvals = [];
  }

  override willUpdate(changed: Map<string, unknown>): void {
    const before = changed.get('details') as RunDetails | undefined;
    if (before && before.run.id !== this.details.run.id) {
      this.asItCame();
      this.asking = undefined;
      this.replayedAt = undefined;
      this.clearOutcome();
    }
    if (before && before.run.id === this.details.run.id) this.keepUp(before);
    if (changed.has('details')) this.tellReplay();
  }

  /** What was typed is about the event as it was: somebody else may have corrected it, and that must not be taken back. */
  private keepUp({ run: before }: RunDetails): void {
    const { run } = this.details;
    if (before.status !== 'dead' || (run.status === 'dead' && canonicalJson(run.event.data) === canonicalJson(before.event.data))) return;
    const pending = this.edited.state !== 'unchanged';
    this.asItCame();
    if (this.asking === 'replayEdited') this.asking = undefined;
    if (pending && !this.acting) this.say('bad', this.words('event.changedMeanwhile'));
  }

  /** Says what has come of a replay, as soon as it is known. */
  private tellReplay(): void {
    const { run } = this.details;
    if (
      this.acting ||
      this.replayedAt === undefined ||
      run.updatedAt === this.replayedAt ||
      run.status === 'ready' ||
      run.status === 'running'
    )
      return;
    const { subject } = run.event;
    if (run.status === 'waiting') {
      // what comes of it is told when it is tried again
      if (run.failure) this.say('bad', this.words('act.replayWaits', { subject, message: this.sentence(run.failure).message }));
      return;
    }
    this.replayedAt = undefined;
    if (run.status === 'dead')
      this.say('bad', this.words('act.replayFailed', { subject, message: run.failure ? this.sentence(run.failure).message : '' }));
    else if (run.status === 'done') this.say('good', this.words('act.replayDone', { subject }));
    else this.say('good', this.words('act.replayEnded', { subject }));
  }

  override render() {
    const { run } = this.details;
    if (run.status === 'dead') return html`${this.outcome()}${this.asking ? this.question() : this.buttons()}${this.correction()}`;
    if (openStates.includes(run.status)) return html`${this.outcome()}${this.asking ? this.question() : this.open()}`;
    return this.outcome();
  }

  private buttons() {
    const { run } = this.details;
    const changed = this.edited.state === 'changed';
    return html` <div class="actions">
        <button
          class="action ${changed ? '' : 'primary'}"
          data-testid="psc-replay"
          ?disabled=${this.acting || run.compensating !== undefined || this.lacking('replay') !== undefined}
          title=${this.lacking('replay') ?? nothing}
          @click=${() => this.replay()}
        >
          ${this.words('act.replay')}
        </button>
        ${this.masked ? nothing : html`<button class="action ${changed ? 'primary' : ''}" data-testid="psc-replay-edited" ?disabled=${!changed || this.acting || run.compensating !== undefined || this.lacking('replay', 'edit') !== undefined} title=${this.lacking('replay', 'edit') ?? nothing} @click=${this.replayEdited}>${this.words('act.replayEdited')}</button>`}
        ${this.hasWritten() ? html`<button class="action" data-testid="psc-compensate" ?disabled=${this.acting || this.lacking('replay') !== undefined} title=${this.lacking('replay') ?? nothing} @click=${() => this.ask('compensate')}>${this.words('act.compensate')}…</button>` : nothing}
        <button
          class="action"
          data-testid="psc-discard"
          ?disabled=${this.acting || this.lacking('replay') !== undefined}
          title=${this.lacking('replay') ?? nothing}
          @click=${() => this.ask('discard')}
        >
          ${this.words('act.discard')}…
        </button>
      </div>
      <p class="quiet">${this.words('act.replayHint')}</p>`;
  }

  /** What was typed stays while something is asked. */
  private correction() {
    const { run, form } = this.details;
    return keyed(
      `${run.id} ${this.begun}`,
      html`<psc-event-correction
        .host=${this.host}
        .data=${run.event.data}
        .form=${form}
        .readOnly=${this.masked}
        @psc-edited=${this.takeEdit}
      ></psc-event-correction>`,
    );
  }

  private changes() {
    return this.edited.state === 'changed' ? changesOf(this.details.run.event.data, this.edited.data) : [];
  }

  private hasWritten(): boolean {
    return this.details.effects.some((effect) => effect.status === 'done' && !effect.found && !effect.ofUndo);
  }

  private open() {
    return html`${this.approvals.map((row) => html`<psc-approval .host=${this.host} .row=${row} inRun></psc-approval>`)}
      <div class="actions">
        ${this.details.run.status === 'waiting' && this.approvals.length === 0 ? html`<button class="action primary" data-testid="psc-wake" ?disabled=${this.acting || this.lacking('replay') !== undefined} title=${this.lacking('replay') ?? nothing} @click=${() => this.wake()}>${this.words('act.wake')}</button>` : nothing}
        <button
          class="action"
          data-testid="psc-cancel"
          ?disabled=${this.acting || this.lacking('replay') !== undefined}
          title=${this.lacking('replay') ?? nothing}
          @click=${() => this.ask('cancel')}
        >
          ${this.words('act.cancel')}…
        </button>
      </div>`;
  }

  private question() {
    const act = this.asking ?? 'discard';
    return html`<psc-ask-reason
      .host=${this.host}
      .question=${this.words(`act.${act}Question`, { subject: this.details.run.event.subject, changes: this.moneySaid() })}
      .act=${this.words(`act.${act}`)}
      .back=${act === 'cancel' ? this.words('act.keepRun') : undefined}
      @psc-reason=${(event: CustomEvent<string>) => this.end(act, event.detail)}
      @psc-stay=${() => this.ask(undefined)}
    ></psc-ask-reason>`;
  }

  private ask(what: PersonAct | undefined): void {
    this.keepOpener(what !== undefined);
    this.asking = what;
    this.clearOutcome();
  }

  private asItCame(): void {
    this.begun++;
    this.edited = { state: 'unchanged' };
  }

  private takeEdit(event: CustomEvent<EditedJson>): void {
    event.stopPropagation();
    this.edited = event.detail;
  }

  /** What changes money is asked about first. */
  private replayEdited(): void {
    if (this.moneySaid() !== '') this.ask('replayEdited');
    else if (this.edited.state === 'changed') void this.replay({ data: this.edited.data });
  }

  private moneySaid(): string {
    const money = this.changes().filter((change) => change.money);
    const said = money.slice(0, 3).map((change) => {
      const { before = '—', after = '—' } = toldChange(change);
      return `${change.path}: ${before} ${this.words('changes.becomes')} ${after}`;
    });
    return [...said, ...(money.length > 3 ? ['…'] : [])].join('; ');
  }

  private async replay(body: { data?: Json; reason?: string } = {}): Promise<void> {
    const { id, event, updatedAt } = this.details.run;
    const wasEdited = 'data' in body;
    await this.act(async () => {
      this.replayedAt = updatedAt;
      await this.host.api.post('dead-letters/:id/replay', body, { id });
      this.asItCame();
      return this.words(wasEdited ? 'act.replayedEdited' : 'act.replayed', { subject: event.subject });
    });
  }

  private async wake(): Promise<void> {
    const { id, event } = this.details.run;
    await this.act(async () => {
      await this.host.api.post('runs/:id/wake', {}, { id });
      return this.words('act.woken', { subject: event.subject });
    });
  }

  private async end(what: PersonAct, reason: string): Promise<void> {
    const { id, event } = this.details.run;
    this.asking = undefined;
    if (what === 'replayEdited') {
      if (this.edited.state === 'changed') await this.replay({ data: this.edited.data, reason });
      return;
    }
    await this.act(async () => {
      await this.host.api.post(what === 'cancel' ? 'runs/:id/cancel' : `dead-letters/:id/${what}`, { reason }, { id });
      return this.words(`act.${what}Done`, { subject: event.subject });
    });
  }
}

define('psc-run-acts', RunActs);
