import type { Request } from 'express';
import type { JournalEntry } from '../../journal.ts';
import type { Simulator } from '../../simulator.ts';
import { Failure } from '../failure.ts';
import { tellEventBus } from '../pubsub/event-bus.ts';
import { type Records, recordsOf } from '../store/records.ts';
import type { SalesforceState } from '../store/state.ts';
import { stamp } from '../store/time.ts';
import type { Wire } from './coerce.ts';

export interface Savepoint {
  mark: number;
  drafts: number;
}

type Draft = Omit<JournalEntry, 'seq' | 'at' | 'method' | 'path'>;

/** One transaction: its writes are kept or taken back together, and so are its journal entries. */
export class Work {
  readonly sim: Simulator<SalesforceState>;
  readonly request: Request;
  readonly records: Records;
  readonly userId: string;
  readonly wire: Wire;
  /** the loader may set read-only fields and leave required ones out */
  readonly loading: boolean;
  readonly at: string;
  private drafts: Draft[] = [];

  constructor(sim: Simulator<SalesforceState>, request: Request, userId: string, options: { wire?: Wire; loading?: boolean } = {}) {
    this.sim = sim;
    this.request = request;
    this.userId = userId;
    this.wire = options.wire ?? 'json';
    this.loading = options.loading ?? false;
    this.records = recordsOf(sim.state);
    this.at = stamp(sim.clock.now());
  }

  /** Runs the write of one record: all of it or nothing, and journalled either way. */
  attempt<T>(about: { type: string; body: unknown; key?: string; id?: string }, write: () => { draft: Draft; result: T }): T {
    const mark = this.records.mark();
    try {
      this.refuseOnPurpose(about);
      const { draft, result } = write();
      this.drafts.push({ ...about, ...draft });
      return result;
    } catch (error) {
      this.records.rollback(mark);
      if (error instanceof Failure) this.drafts.push({ ...about, status: error.status, outcome: 'refused' });
      throw error;
    }
  }

  /** A point to which the transaction can return. */
  savepoint(): Savepoint {
    return { mark: this.records.mark(), drafts: this.drafts.length };
  }

  /** Takes back what was written since; it is journalled as refused. */
  rollbackTo(point: Savepoint): void {
    this.records.rollback(point.mark);
    this.drafts = this.drafts.map((each, index) =>
      index < point.drafts || each.outcome === 'refused' ? each : { ...each, status: 400, outcome: 'refused' },
    );
  }

  /** Makes the writes lasting. */
  commit(): void {
    const client = /\bclient=([^,;\s]+)/.exec(String(this.request.headers?.['sforce-call-options'] ?? ''))?.[1];
    tellEventBus(this.sim, this.records.commit(), { userId: this.userId, at: this.sim.clock.now(), ...(client ? { client } : {}) });
    if (!this.loading) for (const draft of this.drafts) this.sim.record(this.request, draft);
    this.drafts = [];
  }

  /** Fault `refuseRecord`: the fault's body, or a validation rule's message. */
  private refuseOnPurpose(about: { type: string; body: unknown; key?: string; id?: string }): void {
    if (this.loading) return;
    const body = typeof about.body === 'object' ? about.body : {};
    const record = {
      attributes: { type: about.type },
      ...(about.id ? { Id: about.id } : {}),
      ...(about.key ? { key: about.key } : {}),
      ...body,
    };
    const fault = this.sim.refusal(this.request, record);
    if (!fault) return;
    const given = (Array.isArray(fault.body) ? fault.body : fault.body ? [fault.body] : []) as Record<string, unknown>[];
    const errors = given.map((each) => ({
      code: String(each['errorCode'] ?? each['statusCode'] ?? 'FIELD_CUSTOM_VALIDATION_EXCEPTION'),
      message: String(each['message'] ?? ''),
      fields: Array.isArray(each['fields']) ? each['fields'].map(String) : [],
    }));
    const standard = { code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Refused by a validation rule of the sandbox', fields: [] };
    throw new Failure(errors.length > 0 ? errors : [standard], { status: fault.status ?? 400 });
  }
}
