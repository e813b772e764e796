import type { Approval, ApprovalStatus } from '../../engine/store/approvals.ts';
import type { Effect } from '../../engine/store/effects.ts';
import type { Run, RunId } from '../../engine/store/runs.ts';
import { guiltyAfter } from '../../engine/suspects.ts';
import type { Scenario } from './scenario.ts';
import type { StoreCall } from './store-place.ts';

/** What an onlooker writes down of each run, from what is committed and what is seen of the flow; the properties are measured by it. */
export class Ledger {
  readonly complaints: string[] = [];
  /** deliveries of each event by token, and which of them were cut short by a crash, given back, or only began to wait */
  readonly deliveries = new Map<string, Set<number>>();
  readonly excused = new Map<string, Set<number>>();
  readonly givenBack = new Map<string, Set<number>>();
  /** deliveries of an event that are to undo what others wrote, by token */
  private readonly undoing = new Map<string, Set<number>>();
  /** deaths in a row under which an event was under way, without a new write or a conclusion in between */
  readonly deaths = new Map<string, number>();
  /** events that were under way at so many deaths in a row that they are to be parked */
  readonly crashedOften = new Set<string>();
  crashes = 0;
  /** crashes that a message made */
  crashesByMessage = 0;
  freezes = 0;
  /** last word on each question, and who had it */
  readonly decisions = new Map<string, { status: ApprovalStatus; byPerson: boolean }>();
  /** how often somebody was told that nobody has answered, for each event */
  readonly told = new Map<string, number>();
  /** how often more than once that may be told: its delivery was cut short before it was noted, or it was replayed */
  private readonly tellAgain = new Map<string, number>();
  /** events whose run was told that what it waits for has come */
  readonly roused = new Set<string>();
  /** events whose run a person has ended */
  readonly ended = new Set<string>();
  /** events whose run a person wants undone */
  readonly unwanted = new Set<string>();
  private readonly eventOf = new Map<RunId, string>();
  /** dead letters, as last seen */
  private dead = new Set<RunId>();
  /** event of each run under way, and the process that has it */
  private readonly claimed = new Map<RunId, number>();
  private readonly scenario: Scenario;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
  }

  delivered({ id, token, event, availableAt }: Run, now: number): void {
    if (availableAt > now) this.complaints.push(`${event.id} was delivered before it was due`);
    const deaths = this.deaths.get(event.id) ?? 0;
    // one that stood still was taken for dead here, perhaps not by the others
    if (deaths >= guiltyAfter && this.freezes === 0) this.complaints.push(`${event.id} was delivered after ${deaths} deaths in a row`);
    add(this.deliveries, event.id, token);
    this.eventOf.set(id, event.id);
  }

  know(runs: Run[]): void {
    for (const { id, event } of runs) this.eventOf.set(id, event.id);
  }

  /** All runs as they are now. */
  see(runs: Run[]): void {
    this.know(runs);
    this.dead = new Set(runs.filter(({ status }) => status === 'dead').map(({ id }) => id));
  }

  /** A process died, or stands still and will be taken for dead. */
  died(owner: number): void {
    for (const [run, claimer] of this.claimed) {
      if (claimer !== owner) continue;
      const event = this.event(run);
      count(this.tellAgain, event);
      const deaths = (this.deaths.get(event) ?? 0) + 1;
      this.deaths.set(event, deaths);
      if (deaths >= guiltyAfter) this.crashedOften.add(event);
    }
  }

  cutShort({ token, event }: Run): void {
    add(this.excused, event.id, token);
  }

  /** What was committed, in the order in which it was. */
  learn(owner: number, { name, parts }: StoreCall, answer: unknown): void {
    if (answer === 'refused' || answer === false || name === 'answered') return;
    if (name === 'claim') this.claim(owner, answer as Run[]);
    else if (name === 'intend') this.intended((parts[0] as { run: RunId }).run, answer as Effect | undefined);
    else if (endings[name]) this.conclude(name, parts[0] as RunId, Number(parts[1]));
    else if (name === 'replay' || name === 'compensate' || name === 'cancel' || name === 'discard') this.act(name, parts[0] as RunId);
    else if (name === 'rouse') this.roused.add(this.event(parts[0] as RunId));
    else if (name === 'settleEffect' && answer) this.settled((answer as Effect).run);
    else if (name === 'requestApproval') this.asked(answer as Approval);
    else if (name === 'decideApproval' && answer) this.decided(answer as Approval, Number(parts[2]));
    else if (name === 'expireApproval' && answer) this.expired(answer as Approval);
  }

  /** The answer that a node was given must be the one that counts. */
  answered(event: string, { id, status }: Approval): void {
    const decision = this.decisions.get(id);
    if (status !== decision?.status)
      this.complaints.push(`${event} went on with "${status}" and the answer is ${decision?.status ?? 'open'}`);
  }

  tell(event: string): void {
    count(this.told, event);
    const most = 1 + (this.tellAgain.get(event) ?? 0);
    if ((this.told.get(event) ?? 0) > most) this.complaints.push(`that nobody answers ${event} was told more than ${most} times`);
  }

  /** Deliveries that count as attempts. */
  countedDeliveries(event: string): number {
    return without(this.deliveries.get(event), this.excused.get(event));
  }

  /** Deliveries that were not given back. */
  tries(event: string): number {
    return without(this.deliveries.get(event), this.givenBack.get(event));
  }

  /** Deliveries to be undone that were not given back. */
  undoTries(event: string): number {
    return without(this.undoing.get(event), this.givenBack.get(event));
  }

  /** What a property may depend on and the store does not say. */
  summary(nameOf: (id: string) => string): unknown {
    const counts = [...this.deliveries.keys()].map((event) => [event, this.countedDeliveries(event), Math.min(3, this.tries(event))]);
    const deaths = [...this.deaths].filter(([, count]) => count > 0);
    const decisions = [...this.decisions].map(([id, { status, byPerson }]) => [nameOf(id), status, byPerson]);
    const spoiled = [Math.min(4, this.crashes), this.crashes - this.crashesByMessage, this.freezes, ...this.crashedOften];
    const undoing = [...this.undoing.keys()].map((event) => [event, this.undoTries(event)]);
    const told = this.scenario.asks?.rule.escalateAfterMs ? [[...this.told].sort(), [...this.tellAgain].sort()] : [];
    const persons = [this.ended, this.unwanted, this.roused].map((events) => [...events].sort());
    return [counts.sort(), undoing.sort(), deaths.sort(), decisions, told, persons, spoiled];
  }

  private event(run: RunId): string {
    return this.eventOf.get(run) ?? '';
  }

  private claim(owner: number, runs: Run[]): void {
    this.know(runs);
    for (const { id, token, event, compensating } of runs) {
      this.claimed.set(id, owner);
      if (compensating) add(this.undoing, event.id, token);
    }
  }

  private intended(run: RunId, before: Effect | undefined): void {
    const event = this.event(run);
    if (this.ended.has(event)) this.complaints.push(`a write of ${event} was intended when the run had ended`);
    if (!before) this.deaths.delete(event);
  }

  private conclude(name: string, run: RunId, token: number): void {
    const event = this.event(run);
    this.claimed.delete(run);
    const { cutShort = false, keepsDeaths = false } = endings[name] ?? {};
    if (name === 'park') this.dead.add(run);
    if (name === 'compensateFailed') this.undoing.delete(event);
    if (name === 'release') count(this.tellAgain, event);
    if (!keepsDeaths) this.deaths.delete(event);
    if (!cutShort) return;
    add(this.excused, event, token);
    add(this.givenBack, event, token);
  }

  /** A dead letter that only the doubt stopped begins anew. */
  private settled(run: RunId): void {
    if (this.dead.has(run)) this.begin(this.event(run));
  }

  private act(name: 'replay' | 'compensate' | 'cancel' | 'discard', run: RunId): void {
    const event = this.event(run);
    if (name === 'cancel' || name === 'discard') this.ended.add(event);
    if (name === 'compensate') this.unwanted.add(event);
    if (name === 'replay') count(this.tellAgain, event);
    this.claimed.delete(run);
    this.begin(event);
    this.deaths.delete(event);
  }

  /** It has all its attempts again. */
  private begin(event: string): void {
    for (const counts of [this.deliveries, this.undoing, this.excused, this.givenBack]) counts.delete(event);
    this.crashedOften.delete(event);
  }

  private asked({ id, status, decidedBy }: Approval): void {
    if (status !== 'open' && !this.decisions.has(id)) this.decisions.set(id, { status, byPerson: decidedBy !== 'rule' });
  }

  private decided({ id, status, expiresAt }: Approval, at: number): void {
    if (this.decisions.has(id)) this.complaints.push(`${id} was decided twice`);
    if (expiresAt !== undefined && expiresAt <= at) this.complaints.push(`${id} was decided when its time was over`);
    this.decisions.set(id, { status, byPerson: true });
  }

  private expired({ id, status, expiresAt }: Approval): void {
    const { rule } = this.scenario.asks ?? {};
    const known = this.decisions.get(id);
    if (known && known.status !== status) this.complaints.push(`${id} was ${known.status} and expired all the same`);
    if (known || status === 'open') return;
    if (rule?.onExpiry === 'park') this.complaints.push(`${id} expired and its run was to be parked`);
    if (rule && (status === 'approved') !== (rule.onExpiry === 'approve')) this.complaints.push(`${id} expired as ${status}`);
    if (expiresAt === undefined) this.complaints.push(`${id} expired and has no end`);
    this.decisions.set(id, { status, byPerson: false });
  }
}

/** How deliveries end, in the store's words. */
const endings: Partial<Record<string, { cutShort?: true; keepsDeaths?: true }>> = {
  done: {},
  retry: {},
  park: {},
  overtaken: {},
  compensateFailed: {},
  compensated: {},
  suspend: { cutShort: true },
  release: { cutShort: true, keepsDeaths: true },
};

function count(times: Map<string, number>, event: string): void {
  times.set(event, (times.get(event) ?? 0) + 1);
}

function add(tokens: Map<string, Set<number>>, event: string, token: number): void {
  tokens.set(event, (tokens.get(event) ?? new Set()).add(token));
}

/** Deliveries that are not among those left out, by token. */
function without(tokens: Set<number> = new Set(), left: Set<number> = new Set()): number {
  return [...tokens].filter((token) => !left.has(token)).length;
}
