import { EventEmitter } from 'node:events';
import type { RecordChange } from '../store/records.ts';
import { type ChangeContext, changeEvents, changesOf } from './change-events.ts';
import { changeSchema, type EventSchema, wonSchema } from './event-schema.ts';

export interface FeedEvent {
  seq: bigint;
  topic: string;
  schemaId: string;
  payload: Buffer;
}

const mostKept = 100_000;
export const changeTopic = '/data/OpportunityChangeEvent';
export const wonTopic = '/event/Opportunity_Won__e';

/** What the org's event bus holds: the changes of deals, each with its place. */
export class ChangeFeed extends EventEmitter<{ event: [] }> {
  readonly schemas = new Map<string, EventSchema>();
  /** the next transaction is told as a gap */
  gap: 'gap' | 'overflow' | undefined;
  private current: Record<string, EventSchema>;
  private added = 0;
  private list: FeedEvent[] = [];
  private next = BigInt(Date.now()) * 1000n;
  private forgotten = this.next - 1n;

  constructor() {
    super();
    this.setMaxListeners(0);
    this.current = { [changeTopic]: changeSchema('Opportunity'), [wonTopic]: wonSchema() };
    for (const schema of Object.values(this.current)) this.schemas.set(schema.id, schema);
  }

  schemaOf(topic: string): EventSchema | undefined {
    return this.current[topic];
  }

  /** The org was given another field: later events have another schema. */
  changeSchema(): void {
    const added = Array.from({ length: ++this.added }, (_, at) => `Added_${at + 1}__c`);
    this.current[changeTopic] = changeSchema('Opportunity', added);
    this.schemas.set(this.current[changeTopic].id, this.current[changeTopic]);
  }

  /** What a transaction changed. */
  committed(changes: readonly RecordChange[], context: ChangeContext): void {
    const deals = changesOf('Opportunity', changes);
    if (deals.length === 0) return;
    const gap = this.gap;
    this.gap = undefined;
    const schema = this.current[changeTopic]!;
    for (const payload of changeEvents(deals, schema, context, gap)) this.add(changeTopic, schema.id, payload);
    for (const { id, before, row } of deals) {
      if (row['IsWon'] !== true || row['IsDeleted'] === true || before?.['IsWon'] === true) continue;
      const won = this.current[wonTopic]!;
      const values = { CreatedDate: context.at.getTime(), CreatedById: context.userId, Opportunity_Id__c: id };
      this.add(wonTopic, won.id, won.type.toBuffer(values));
    }
    this.emit('event');
  }

  /** An event as somebody made it. */
  publish(topic: string, schemaId: string, payload: Buffer): void {
    this.add(topic, schemaId, payload);
    this.emit('event');
  }

  /** Those of a topic that came after a place, the oldest first. */
  after(seq: bigint, topic: string, most: number): FeedEvent[] {
    // places are dense: the first one is found without looking through those before
    const first = this.list[0]?.seq ?? this.next;
    const found: FeedEvent[] = [];
    for (let at = Number(seq < first ? 0n : seq - first + 1n); at < this.list.length && found.length < most; at++) {
      if (this.list[at]!.topic === topic) found.push(this.list[at]!);
    }
    return found;
  }

  get latest(): bigint {
    return this.next - 1n;
  }

  /** Whether all that came after it is still kept. */
  knows(seq: bigint): boolean {
    return seq >= this.forgotten && seq < this.next;
  }

  /** Three days have passed. */
  expire(): void {
    this.list = [];
    this.next += 1000n;
    this.forgotten = this.next - 1n;
  }

  private add(topic: string, schemaId: string, payload: Buffer): void {
    this.list.push({ seq: this.next++, topic, schemaId, payload });
    if (this.list.length > mostKept) this.forgotten = this.list.shift()!.seq;
  }
}

/** Eight bytes, the highest first, and two that are zero. */
export function replayIdOf(seq: bigint): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeBigUInt64BE(seq);
  return bytes;
}

export const seqOf = (replayId: Buffer): bigint | undefined =>
  replayId.length === 10 || replayId.length === 8 ? replayId.readBigUInt64BE() : undefined;
