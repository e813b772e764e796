import type { ConsoleHost } from '../host.ts';
import { counted } from '../words.ts';

/** How many runs go on by what was changed; nothing where none does. */
export function released(
  { words, language }: Pick<ConsoleHost, 'words' | 'language'>,
  { released: runs = 0 }: { released?: number },
): string {
  return runs > 0 ? counted(words, language, 'maps.goOn', runs) : '';
}
