const SEASONS = ['Spring', 'Summer', 'Winter'];
export const OLDEST = 31;
export const NEWEST = 68;

/** Three releases a year; 66.0 is Spring '26, and Winter carries the next year's number. */
export function releaseName(version: number): string {
  const since = version - 66;
  const season = ((since % 3) + 3) % 3;
  const year = 26 + Math.floor(since / 3) + (season === 2 ? 1 : 0);
  return `${SEASONS[season]} '${String(year).padStart(2, '0')}`;
}

export const VERSIONS = Array.from({ length: NEWEST - OLDEST + 1 }, (_each, index) => {
  const version = OLDEST + index;
  return { label: releaseName(version), url: `/services/data/v${version}.0`, version: `${version}.0` };
});

/** `v66.0` → `66.0`; undefined when it is not served. */
export function servedVersion(segment: string): string | undefined {
  const match = /^v(\d{2})\.0$/.exec(segment);
  const number = Number(match?.[1] ?? 0);
  return number >= OLDEST && number <= NEWEST ? `${number}.0` : undefined;
}
