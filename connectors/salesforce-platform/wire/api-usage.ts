/** `Sforce-Limit-Info: api-usage=18/15000` */
export function apiUsage(header: string | undefined): { used: number; max: number } | undefined {
  const match = /api-usage=(\d{1,12})\/(\d{1,12})(?!\d)/.exec(header ?? '');
  const [used, max] = [Number(match?.[1]), Number(match?.[2])];
  return match && max > 0 ? { used, max } : undefined;
}
