import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Scenario } from './scenario.ts';
import type { Outcome, Steps } from './steps.ts';

/** Who sends: one delivery of a run in one process. */
export interface Sender {
  owner: number;
  run: string;
  token: number;
  event: string;
  /** the delivery was over when it asked for the write */
  late: boolean;
}

/** A record is made, or taken back. */
export type Deed = 'make' | 'undo';

/** A request that was sent and has not been carried out yet. */
export interface InFlight {
  deed: Deed;
  business: string;
  sender: Sender;
  sentAt: number;
}

interface Answer {
  resolve(result: Json): void;
  reject(error: Failure): void;
}

/**
 * The system that the runs write to. It makes each record, or takes it back, when it carries a request out, and counts
 * how often. A request can be answered, be carried out without an answer reaching us, be lost on the way, be refused, or
 * be carried out late: after the answer was given up, but within the time that the operation declares.
 */
export class ModelSystem {
  /** how often each record was made; what was there before counts */
  readonly created = new Map<string, number>();
  /** records that were made and taken back again */
  readonly removed = new Set<string>();
  /** requests (`A#1`, `undo A#1`) of which nobody knows whether they were carried out, and that were not looked up since */
  readonly doubtful = new Set<string>();
  /** requests that were sent for the last time and ended without our knowing how */
  readonly unsure = new Set<string>();
  readonly complaints: string[] = [];
  /** in the order in which they were sent */
  readonly sent: { event: string; deed: Deed; business: string }[] = [];
  late: InFlight[] = [];
  private flying: InFlight[] = [];
  /** whether the sender's delivery still has its run */
  private readonly hasRun: (sender: Sender) => boolean;
  /** is told of each request before it is on the wire, and may complain */
  private readonly watch: (deed: Deed, business: string, sender: Sender) => string | undefined;
  private readonly steps: Steps;
  private readonly scenario: Scenario;

  constructor(
    steps: Steps,
    scenario: Scenario,
    hasRun: (sender: Sender) => boolean,
    watch: (deed: Deed, business: string, sender: Sender) => string | undefined,
  ) {
    this.hasRun = hasRun;
    this.watch = watch;
    this.steps = steps;
    this.scenario = scenario;
    for (const business of scenario.byHand ?? []) this.created.set(business, 1);
  }

  stands(business: string): boolean {
    return (this.created.get(business) ?? 0) > 0 && !this.removed.has(business);
  }

  send(deed: Deed, business: string, sender: Sender): Promise<Json> {
    const { poison, faults, faultyUndo, undo } = this.scenario;
    const name = nameOf(deed, business);
    this.complainOf(deed, business, sender);
    this.sent.push({ event: sender.event, deed, business });
    const request: InFlight = { deed, business, sender, sentAt: this.steps.now };
    this.flying.push(request);
    this.unsure.add(name);
    return new Promise((resolve, reject) => {
      const answer = (then: () => void) => () => {
        this.flying = this.flying.filter((other) => other !== request);
        then();
      };
      const can = (fault: Scenario['faults'][number], said: string, then: () => void): Outcome[] => {
        const befalls = faults.includes(fault) && (!faultyUndo || deed === 'undo');
        return befalls ? [{ name: said, cost: 1, take: answer(then) }] : [];
      };
      const refused = (failure: Failure) => {
        this.unsure.delete(name);
        reject(failure);
      };
      if (sender.event === poison || (deed === 'undo' && undo?.never)) {
        this.steps.add(sender.owner, `send ${name}`, [{ name: 'never works', take: answer(() => refused(busy())) }]);
        return;
      }
      this.steps.add(sender.owner, `send ${name}`, [
        { name: deed === 'make' ? 'made' : 'taken back', take: answer(() => this.answer(request, { resolve, reject })) },
        ...can('dropped', 'lost on the way', () => {
          this.doubtful.add(name);
          reject(timeout());
        }),
        ...can('late', 'no answer, carried out later', () => {
          this.doubtful.add(name);
          this.late.push(request);
          reject(timeout());
        }),
        ...can('busy', 'busy, not made', () => refused(busy())),
        ...can('refused', 'refused', () => refused(failure('business.rejected', 'PERIOD_CLOSED', 'not-made'))),
      ]);
    });
  }

  /** The request was carried out; its answer is a step of its own, since it can be lost. */
  private answer(request: InFlight, { resolve, reject }: Answer): void {
    const name = nameOf(request.deed, request.business);
    const result = this.carry(request);
    const hear = () => {
      this.unsure.delete(name);
      resolve(result);
    };
    const lose = () => {
      this.doubtful.add(name);
      reject(timeout());
    };
    const losable = this.scenario.faults.includes('lost') && (!this.scenario.faultyUndo || request.deed === 'undo');
    this.steps.add(request.sender.owner, `answer to ${name}`, [
      { name: 'heard', take: hear },
      ...(losable ? [{ name: 'lost', cost: 1, take: lose }] : []),
    ]);
  }

  /** Undefined = the record is not made, or not taken back. */
  probe(deed: Deed, business: string, sender: Sender): Promise<Json | undefined> {
    const name = nameOf(deed, business);
    return new Promise((resolve, reject) => {
      this.steps.add(sender.owner, `look up ${name}`, [
        {
          name: 'answered',
          take: () => {
            this.doubtful.delete(name);
            const found = this.isDone(deed, business) ? { id: business } : undefined;
            if (!this.scenario.faults.includes('slow')) return resolve(found);
            this.steps.add(sender.owner, `what ${name} is: ${found !== undefined}`, [{ name: 'heard', take: () => resolve(found) }]);
          },
        },
        ...(this.scenario.faults.includes('probe-fails')
          ? [{ name: 'fails', cost: 1, take: () => reject(failure('transient.unavailable', 'DOWN', undefined)) }]
          : []),
      ]);
    });
  }

  isDone(deed: Deed, business: string): boolean {
    return this.stands(business) === (deed === 'make');
  }

  /** A person has looked it up, and nothing of it can come any more. */
  lookedUp(deed: Deed, business: string): boolean {
    this.doubtful.delete(nameOf(deed, business));
    return this.isDone(deed, business);
  }

  /** Whether a request of this kind may still be carried out. */
  mayCome(business: string): boolean {
    return [...this.flying, ...this.late].some((request) => request.business === business);
  }

  /** The sender died: each of its requests was carried out already, never arrived, or will be carried out late. */
  senderDied(owner: number, fate: 'lost' | 'made' | 'late'): void {
    for (const request of this.flying.filter(({ sender }) => sender.owner === owner)) {
      this.doubtful.add(nameOf(request.deed, request.business));
      if (fate === 'made') this.carry(request);
      if (fate === 'late') this.late.push(request);
    }
    this.flying = this.flying.filter(({ sender }) => sender.owner !== owner);
  }

  /** Requests on the wire, of one process or of all. */
  isFlying(owner?: number): boolean {
    return this.flying.some(({ sender }) => owner === undefined || sender.owner === owner);
  }

  /** Carries out a request that was given up. */
  carryOut(request: InFlight): void {
    this.late = this.late.filter((other) => other !== request);
    this.carry(request);
  }

  /** Requests older than the declared time are not carried out any more. */
  expire(): void {
    this.late = this.late.filter(({ sentAt }) => this.steps.now < sentAt + (this.scenario.settleAfterMs ?? 0));
  }

  summary(): string {
    const late = this.late.map(({ deed, business, sentAt }) => `${deed} ${business} ${this.steps.now - sentAt}`);
    const undone = new Set(this.sent.filter(({ deed }) => deed === 'undo').map(({ event }) => event));
    return JSON.stringify([
      [...this.created].sort(),
      sorted(this.removed),
      sorted(this.doubtful),
      sorted(this.unsure),
      late,
      sorted(undone),
    ]);
  }

  private complainOf(deed: Deed, business: string, sender: Sender): void {
    const { settle, undo, instances } = this.scenario;
    const name = nameOf(deed, business);
    const complaint = this.watch(deed, business, sender);
    if (complaint) this.complaints.push(complaint);
    if (sender.late) this.complaints.push(`${name} was sent by a delivery that was over when it asked for the write`);
    // within one process an earlier delivery may finish what it began: the next one waits for it
    if (instances && !this.hasRun(sender)) this.complaints.push(`${name} was sent by a delivery whose run another instance has`);
    if (this.doubtful.has(name) && (deed === 'make' ? settle : undo?.settle) !== 'repeat') {
      this.complaints.push(`${name} was in doubt and was sent again without being looked up`);
    }
  }

  private carry({ deed, business }: InFlight): Json {
    if (deed === 'undo') {
      // `repeat`: harmless by design of the call
      if (!this.stands(business) && this.scenario.undo?.settle !== 'repeat') this.complaints.push(`${business} was taken back twice`);
      if (this.scenario.byHand?.includes(business)) this.complaints.push(`${business} had been there before and was taken back`);
      this.removed.add(business);
      return { gone: business };
    }
    const before = this.created.get(business) ?? 0;
    this.removed.delete(business);
    this.created.set(business, this.scenario.settle === 'repeat' ? 1 : before + 1);
    return { id: business };
  }
}

const sorted = (names: Set<string>) => [...names].sort();

/** How a request is told from others, as the effects are: `A#1`, `undo A#1`. */
export const nameOf = (deed: Deed, business: string) => (deed === 'make' ? business : `undo ${business}`);

const busy = () => failure('transient.unavailable', 'BUSY', 'not-made');
const timeout = () => failure('transient.timeout', 'TIMEOUT', 'unknown');

function failure(failureClass: Failure['class'], code: string, outcome: Failure['outcome']): Failure {
  return new Failure({ class: failureClass, code, message: code, ...(outcome ? { outcome } : {}) });
}
