import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import type { Scenario } from './scenario.ts';
import type { Steps } from './steps.ts';

/** Who sends: one delivery of a run in one process. */
export interface Sender {
  owner: number;
  run: string;
  token: number;
  event: string;
  /** the delivery was over when it asked for the write */
  late: boolean;
}

/** A request that was sent and has not been carried out yet. */
export interface InFlight {
  business: string;
  sender: Sender;
  sentAt: number;
}

/**
 * The system that the runs write to. It makes each record when it carries a request out, and counts how often. A
 * request can be answered, be carried out without an answer reaching us, be lost on the way, be refused, or be carried
 * out late: after the answer was given up, but within the time that the operation declares.
 */
export class ModelSystem {
  readonly created = new Map<string, number>();
  /** effects with a request of which nobody knows whether it was carried out, and that was not looked up since */
  readonly doubtful = new Set<string>();
  readonly complaints: string[] = [];
  /** order in which first requests were sent, for each event */
  readonly sent: { event: string; business: string }[] = [];
  late: InFlight[] = [];
  private flying: InFlight[] = [];
  /** whether the sender's delivery still has its run */
  private readonly hasRun: (sender: Sender) => boolean;
  private readonly steps: Steps;
  private readonly scenario: Scenario;

  constructor(steps: Steps, scenario: Scenario, hasRun: (sender: Sender) => boolean) {
    this.hasRun = hasRun;
    this.steps = steps;
    this.scenario = scenario;
    for (const business of scenario.byHand ?? []) this.created.set(business, 1);
  }

  send(business: string, sender: Sender): Promise<Json> {
    const { settle, poison, faults } = this.scenario;
    if (sender.late) this.complaints.push(`${business} was sent by a delivery that was over when it asked for the write`);
    // within one process an earlier delivery may finish what it began: the next one waits for it
    if (this.scenario.instances && !this.hasRun(sender))
      this.complaints.push(`${business} was sent by a delivery whose run another instance has`);
    if (this.doubtful.has(business) && settle !== 'repeat') {
      this.complaints.push(`${business} was in doubt and was sent again without being looked up`);
    }
    this.sent.push({ event: sender.event, business });
    const request = { business, sender, sentAt: this.steps.now };
    this.flying.push(request);
    return new Promise((resolve, reject) => {
      const answer = (then: () => void) => () => {
        this.flying = this.flying.filter((other) => other !== request);
        then();
      };
      const can = (fault: Scenario['faults'][number], name: string, then: () => void) =>
        faults.includes(fault) ? [{ name, cost: 1, take: answer(then) }] : [];
      if (sender.event === poison) {
        const refuse = () => reject(failure('transient.unavailable', 'BUSY', 'not-made'));
        this.steps.add(sender.owner, `send ${business}`, [{ name: 'never works', take: answer(refuse) }]);
        return;
      }
      this.steps.add(sender.owner, `send ${business}`, [
        { name: 'made', take: answer(() => this.answer(business, sender, resolve, reject)) },
        ...can('dropped', 'lost on the way', () => {
          this.doubtful.add(business);
          reject(failure('transient.timeout', 'TIMEOUT', 'unknown'));
        }),
        ...can('late', 'no answer, carried out later', () => {
          this.doubtful.add(business);
          this.late.push(request);
          reject(failure('transient.timeout', 'TIMEOUT', 'unknown'));
        }),
        ...can('busy', 'busy, not made', () => reject(failure('transient.unavailable', 'BUSY', 'not-made'))),
        ...can('refused', 'refused', () => reject(failure('business.rejected', 'PERIOD_CLOSED', 'not-made'))),
      ]);
    });
  }

  /** The request was carried out; its answer is a step of its own where several processes are explored. */
  private answer(business: string, sender: Sender, resolve: (result: Json) => void, reject: (error: Failure) => void): void {
    const result = this.make(business);
    const lose = () => {
      this.doubtful.add(business);
      reject(failure('transient.timeout', 'TIMEOUT', 'unknown'));
    };
    const outcomes = [{ name: 'heard', take: () => resolve(result) }];
    this.steps.add(
      sender.owner,
      `answer to ${business}`,
      this.scenario.faults.includes('lost') ? [...outcomes, { name: 'lost', cost: 1, take: lose }] : outcomes,
    );
  }

  probe(business: string, sender: Sender): Promise<Json | undefined> {
    return new Promise((resolve, reject) => {
      this.steps.add(sender.owner, `look up ${business}`, [
        {
          name: 'answered',
          take: () => {
            this.doubtful.delete(business);
            const found = this.created.get(business) ? { id: business } : undefined;
            if (!this.scenario.faults.includes('slow')) return resolve(found);
            this.steps.add(sender.owner, `what ${business} is`, [{ name: 'heard', take: () => resolve(found) }]);
          },
        },
        ...(this.scenario.faults.includes('probe-fails')
          ? [{ name: 'fails', cost: 1, take: () => reject(failure('transient.unavailable', 'DOWN', undefined)) }]
          : []),
      ]);
    });
  }

  /** The sender died: each of its requests was carried out already, never arrived, or will be carried out late. */
  senderDied(owner: number, fate: 'lost' | 'made' | 'late'): void {
    for (const request of this.flying.filter(({ sender }) => sender.owner === owner)) {
      this.doubtful.add(request.business);
      if (fate === 'made') this.make(request.business);
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
    this.make(request.business);
  }

  /** Requests older than the declared time are not carried out any more. */
  expire(): void {
    this.late = this.late.filter(({ sentAt }) => this.steps.now < sentAt + (this.scenario.settleAfterMs ?? 0));
  }

  summary(): string {
    const late = this.late.map(({ business, sentAt }) => `${business}${this.steps.now - sentAt}`);
    return JSON.stringify([[...this.created], [...this.doubtful].sort(), late]);
  }

  private make(business: string): Json {
    const before = this.created.get(business) ?? 0;
    // `repeat`: the call is an upsert, harmless by design
    this.created.set(business, this.scenario.settle === 'repeat' ? 1 : before + 1);
    return { id: business };
  }
}

function failure(failureClass: Failure['class'], code: string, outcome: Failure['outcome']): Failure {
  return new Failure({ class: failureClass, code, message: code, ...(outcome ? { outcome } : {}) });
}
