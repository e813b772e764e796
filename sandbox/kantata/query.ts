import type { SimRequest } from '../simulator.ts';

/** The query string, read once. Lists come as `a,b`, `x[]=a&x[]=b` or both. */
export class Query {
  private readonly values = new Map<string, string>();

  constructor(request: SimRequest) {
    for (const [name, value] of new URL(request.originalUrl, 'http://sandbox').searchParams) {
      const key = name.replace(/\[\d*\]$/, '');
      const before = this.values.get(key);
      this.values.set(key, key !== name && before !== undefined ? `${before},${value}` : value);
    }
  }

  get(name: string): string | undefined {
    return this.values.get(name);
  }

  list(name: string): string[] {
    return splitList(this.values.get(name) ?? '');
  }

  flag(name: string): boolean {
    return isTrue(this.values.get(name));
  }

  names(): Iterable<string> {
    return this.values.keys();
  }

  /** What tells two lists apart, paging and one bound left out. */
  signature(except?: string): string {
    const paging = ['page', 'per_page', 'limit', 'offset', 'include', 'optional_fields', except];
    return [...this.values]
      .filter(([name]) => !paging.includes(name))
      .map(([name, value]) => `${name}=${value}`)
      .sort()
      .join('&');
  }

  /** `limit` with `offset` wins over `page` with `per_page`; a page holds at most 200. */
  paging(): { offset: number; size: number; page: number } {
    const limit = this.values.get('limit');
    if (limit !== undefined) {
      const size = clamp(limit, 20, 1, 200);
      const offset = clamp(this.values.get('offset'), 0, 0, Number.MAX_SAFE_INTEGER);
      return { offset, size, page: Math.floor(offset / size) + 1 };
    }
    const size = clamp(this.values.get('per_page'), 20, 1, 200);
    const page = clamp(this.values.get('page'), 1, 1, Number.MAX_SAFE_INTEGER);
    return { offset: (page - 1) * size, size, page };
  }
}

function clamp(text: string | undefined, fallback: number, low: number, high: number): number {
  const value = Number.parseInt(text ?? '', 10);
  return Number.isNaN(value) ? fallback : Math.min(high, Math.max(low, value));
}

export const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1';

export const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
