import type { Request } from 'express';
import { invalidParameter } from './netsuite-error.ts';

export interface PageRequest {
  limit: number;
  offset: number;
}

const largest = 1000;

/** `limit` 1–1000 (default 1000), `offset` a multiple of it. */
export function pageRequest(request: Request): PageRequest {
  const limit = integerParameter(request, 'limit', largest);
  const offset = integerParameter(request, 'offset', 0);
  if (limit < 1 || limit > largest)
    throw invalidParameter(`Provide a valid value for the limit parameter: an integer from 1 to ${largest}.`, 'limit');
  if (offset % limit !== 0)
    throw invalidParameter('Provide a valid value for the offset parameter: the offset must be divisible by the limit.', 'offset');
  return { limit, offset };
}

function integerParameter(request: Request, name: string, fallback: number): number {
  const raw = request.query[name];
  if (raw === undefined) return fallback;
  if (typeof raw !== 'string' || !/^\d+$/.test(raw)) throw invalidParameter(`Provide a valid value for the ${name} parameter.`, name);
  return Number(raw);
}

/** The page envelope with its links; `hasMore: false` is the end marker. */
export function page(
  request: Request,
  base: string,
  { limit, offset }: PageRequest,
  items: unknown[],
  totalResults: number,
): Record<string, unknown> {
  const hasMore = offset + items.length < totalResults;
  const link = (rel: string, at?: number) => {
    const url = new URL(request.originalUrl, base);
    if (at !== undefined) {
      url.searchParams.set('limit', String(limit));
      url.searchParams.set('offset', String(at));
    }
    return { rel, href: url.href };
  };
  const links = [];
  if (offset > 0) links.push(link('first', 0), link('prev', Math.max(0, offset - limit)));
  if (hasMore) links.push(link('next', offset + limit), link('last', Math.floor((totalResults - 1) / limit) * limit));
  links.push(link('self'));
  return { links, count: items.length, hasMore, items, offset, totalResults };
}
