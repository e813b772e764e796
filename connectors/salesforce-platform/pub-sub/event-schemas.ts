import { type EventDecoder, eventDecoder } from './event-decoder.ts';

/** An org's events have a few schemas at a time, one for each change of their fields. */
const mostKept = 50;

/** Decoders by the id of their schema, which never changes: each is asked for once, however many events wait for it. */
export class EventSchemas {
  private readonly kept = new Map<string, Promise<EventDecoder>>();

  /** `read` asks for the schema's text; throws what it throws, or what makes the schema unusable. */
  of(schemaId: string, read: (schemaId: string) => Promise<string>): Promise<EventDecoder> {
    const kept = this.kept.get(schemaId) ?? read(schemaId).then(eventDecoder);
    this.kept.delete(schemaId);
    this.kept.set(schemaId, kept);
    kept.catch(() => {
      if (this.kept.get(schemaId) === kept) this.kept.delete(schemaId);
    });
    const oldest = this.kept.keys().next().value;
    if (this.kept.size > mostKept && oldest !== undefined) this.kept.delete(oldest);
    return kept;
  }
}
