import english from '../locales/en-US/ps-connect.json' with { type: 'json' };
import { type FailureLanguage, shippedLanguage } from '../model/failure-sentence.ts';
import { textIn, type Words } from './words.ts';

/** What a catalogue of the plugin holds for the page. Failures are stored in English. */
export interface PageCatalogue {
  console: unknown;
  failures?: Parameters<typeof shippedLanguage>[1];
}

/** Languages that there are texts for besides English, and how to get them. */
export type PageCatalogues = ReadonlyMap<string, () => Promise<PageCatalogue>>;

const main = 'en-US';

/**
 * The first language that there are texts for: the one chosen in the editor, then those of the browser, then English. English is carried by the
 * page itself, which must say that it cannot reach its server.
 */
export async function pageWords(
  chosen: string | undefined,
  preferred: readonly string[],
  catalogues: PageCatalogues,
): Promise<{ language: string; words: Words; failures: FailureLanguage }> {
  const known = [main, ...catalogues.keys()];
  const wanted = [...(chosen ? [chosen] : []), ...preferred];
  const found = wanted.map((one) => known.find((name) => name.split('-')[0] === one.split('-')[0])).find((name) => name !== undefined);
  const catalogue: PageCatalogue | undefined = await catalogues
    .get(found ?? main)?.()
    .catch(() => undefined);
  const language = catalogue && found ? found : main;
  const own = catalogue?.console ?? english.console;
  return { language, words: (key, values) => textIn(own, key, values), failures: shippedLanguage(language, catalogue?.failures ?? {}) };
}

/** As the page says itself: a link for each language, with the hash of what is there. */
export function linkedCatalogues(document: Document): PageCatalogues {
  const links = [...document.querySelectorAll<HTMLLinkElement>('link[rel="alternate"][hreflang]')];
  return new Map(
    links.map(({ hreflang, href }) => [
      hreflang,
      async () => {
        const answer = await fetch(href, { signal: AbortSignal.timeout(10_000) });
        if (!answer.ok) throw new Error(`${href}: ${answer.status}`);
        return (await answer.json()) as PageCatalogue;
      },
    ]),
  );
}
