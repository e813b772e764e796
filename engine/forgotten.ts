import type { SourceEvent } from '../model/operations.ts';
import { maskEmails } from '../model/redact.ts';
import type { Compensating } from './store/runs.ts';

/** What stays of a run's event: that it was there, and under which business id, so that it starts nothing twice. */
export function forgottenEvent(event: string): { event: string; subject: string; key: string } {
  const known = JSON.parse(event) as SourceEvent;
  const [subject, key] = [maskEmails(known.subject), maskEmails(known.key)];
  return { event: JSON.stringify({ ...known, subject, key, data: null, attributes: undefined }), subject, key };
}

/** How a write is called in the end; undefined = no address is in it, however that is written, and it stays as it is. */
export function forgottenCalling(effect: {
  business: string;
  title: string;
  titleWords: string;
}): { business: string; title: string } | undefined {
  const [business, title] = [maskEmails(effect.business), maskEmails(effect.title)];
  const isClean = business === effect.business && title === effect.title && maskEmails(effect.titleWords) === effect.titleWords;
  return isClean ? undefined : { business, title };
}

/** Who had the run undone, without the reason. */
export function forgottenReason(compensating: string): string {
  const { actor, since } = JSON.parse(compensating) as Compensating;
  return JSON.stringify({ actor, since });
}
