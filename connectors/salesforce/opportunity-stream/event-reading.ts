import { Failure } from '../../../model/failure.ts';
import type { ConsumerEvent } from '../../salesforce-platform/pub-sub/descriptor.ts';
import type { EventDecoder } from '../../salesforce-platform/pub-sub/event-decoder.ts';
import { type Heard, heardChange, type HeardRule, mostIds } from './heard-changes.ts';

/** What the events of one answer ask for, together. */
export interface HeardTogether {
  /** each deal once, however often it has changed */
  ids: ReadonlySet<string>;
  /** epoch ms of the last commit */
  at?: number;
  unclear?: 'gap' | 'overflow' | 'unreadable';
}

/** Reads the events of answers. One that cannot be read stops nothing: what it may have said is found out otherwise. */
export class EventReading {
  private readonly rule: HeardRule;
  /** schemas that are not there, or are none: that does not change */
  private readonly unusable = new Set<string>();
  private readonly decoderOf: (schemaId: string) => Promise<EventDecoder>;

  constructor(rule: HeardRule, decoderOf: (schemaId: string) => Promise<EventDecoder>) {
    this.rule = rule;
    this.decoderOf = decoderOf;
  }

  async of(events: readonly ConsumerEvent[]): Promise<HeardTogether> {
    const ids = new Set<string>();
    const together: HeardTogether = { ids };
    for (const { event } of events) {
      const heard = event ? await this.heard(event.schemaId, event.payload) : unreadable;
      if (heard.at !== undefined) together.at = Math.max(together.at ?? 0, heard.at);
      if ('unclear' in heard) together.unclear = heard.unclear;
      else for (const id of heard.ids) ids.add(id);
    }
    if (ids.size <= mostIds) return together;
    return { ...together, ids: new Set(), unclear: 'overflow' };
  }

  private async heard(schemaId: string, payload: Buffer): Promise<Heard> {
    if (this.unusable.has(schemaId)) return unreadable;
    const decoder = await this.decoderOf(schemaId).catch((error: unknown) => {
      if (Failure.is(error) && /^(transient|auth|quota)\./.test(error.class)) throw error;
      this.unusable.add(schemaId);
      return undefined;
    });
    if (!decoder) return unreadable;
    let decoded;
    try {
      decoded = decoder.decode(payload);
    } catch {
      return unreadable;
    }
    return heardChange(decoded, decoder, this.rule);
  }
}

const unreadable: Heard = { unclear: 'unreadable' };
