import { failures } from '../../locales/de/failures.generated.ts';
import { languageOf, type Said, sentence } from '../../model/failure-sentence.ts';

/** What a German analyst reads of a failure or an issue: message and remedy. */
export const inGerman = (said: Said): { message: string; remedy?: string } => sentence(said, languageOf('de', failures));
