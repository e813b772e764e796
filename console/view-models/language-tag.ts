/** A language as `Intl` takes it. Browsers pass on what the system is set to, which need not be one: `en-US@posix`, `C`. */
export function languageTag(name: string): string {
  for (const tag of [name, /^[A-Za-z0-9-]*/.exec(name)?.[0]]) {
    try {
      if (tag) return Intl.getCanonicalLocales(tag)[0] ?? 'en-US';
    } catch {
      // not one; the next may be
    }
  }
  return 'en-US';
}
