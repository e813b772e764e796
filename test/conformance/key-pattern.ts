import type { WriteFacts } from '../../declarations/operation-facts.ts';

/** A declared business key as it is matched: words in capitals and `…` are any text, what stands in brackets may be missing. */
export function keyPattern(key: string): RegExp {
  const parts = key.match(/\[|\]|…|[A-Z]{2,}|[^[\]…A-Z]+|[A-Z]/g) ?? [];
  const source = parts.map((part) => {
    if (part === '[') return '(?:';
    if (part === ']') return ')?';
    return part === '…' || /^[A-Z]{2,}$/.test(part) ? '.+?' : part.replaceAll(/[.*+?^${}()|\\]/g, '\\$&');
  });
  return new RegExp(`^${source.join('')}$`, 's');
}

/** The declared write that a business key belongs to: of several that fit, the one that says most of it. */
export function writeOf(business: string, declared: readonly WriteFacts[]): WriteFacts | undefined {
  const fitting = declared.flatMap((write) =>
    write.keys.filter((key) => keyPattern(key).test(business)).map((key) => ({ write, said: saidBy(key) })),
  );
  return fitting.toSorted((one, other) => other.said - one.said)[0]?.write;
}

/** How much of a key is the same for all of its kind. */
const saidBy = (key: string) => key.replaceAll(/…|[A-Z]{2,}|[[\]]/g, '').length;
