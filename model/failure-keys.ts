import type { failures } from '../locales/en-US/failures.generated.ts';

export type Catalogue = typeof failures;
/** What has words in `locales/en-US/failures/`. */
type Key = keyof Catalogue;
export type FailureKey = { [K in Key]: Catalogue[K] extends { message: string } ? K : never }[Key];
export type PhraseKey = { [K in Key]: Catalogue[K] extends { text: string } ? K : never }[Key];
