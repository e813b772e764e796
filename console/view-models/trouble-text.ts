import { ApiTrouble } from '../json-client.ts';
import { wholeSentence } from '../../model/failure-sentence.ts';
import type { ConsoleHost } from '../host.ts';

/** Whatever went wrong, in words a person can act on. */
export function troubleText({ words, failures }: Pick<ConsoleHost, 'words' | 'failures'>, trouble: unknown): string {
  if (!(trouble instanceof ApiTrouble)) return trouble instanceof Error ? trouble.message : String(trouble);
  if (trouble.status === 401) return words('trouble.signIn');
  if (trouble.status === 403 && !trouble.message) return words('trouble.forbidden');
  if (trouble.status === 0) return words('trouble.unreachable');
  if (!trouble.message) return words('trouble.http', { status: trouble.status });
  return wholeSentence(trouble, failures);
}
