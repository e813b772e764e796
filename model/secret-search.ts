import { decodedOnce, mayBeEncoded } from './decoded-text.ts';
import { partsOf } from './secret-forms.ts';
import { TextSearch } from './text-search.ts';

/** What stands in place of a secret. */
export const removed = '•••';
/** No encoder writes a text more times over. */
const mostReadings = 3;
const shortestRun = 3;

/** Finds secrets: in one of their forms, or with some of their signs written in another way, for each encoder has signs of its own that it leaves. */
export class SecretSearch {
  readonly shortest: number;
  private readonly forms: TextSearch;
  /** letters and digits of each secret that stand beside each other: no encoder writes these otherwise, and a text without them needs not be read */
  private readonly runs: TextSearch | undefined;

  constructor(forms: Iterable<string>, secrets: Iterable<string>) {
    this.forms = new TextSearch(forms);
    this.shortest = this.forms.shortest;
    const runs = [...secrets]
      .flatMap(partsOf)
      .map(longestRun)
      .filter((run) => run.length >= shortestRun);
    this.runs = runs.length > 0 ? new TextSearch(runs) : undefined;
  }

  isIn(text: string): boolean {
    return this.forms.find(text) !== undefined || this.encodedIn(text).length > 0;
  }

  without(given: string): string {
    let text = this.forms.replace(given, removed);
    // what is written twice over is found after what is written once
    for (let places = this.encodedIn(text); places.length > 0; places = this.encodedIn(text)) {
      let result = '';
      let shown = 0;
      for (const [from, to] of places) {
        result += text.slice(shown, from) + removed;
        shown = to;
      }
      text = result + text.slice(shown);
    }
    return text;
  }

  withoutForms(text: string): string {
    return text.length < this.shortest ? text : this.forms.replace(text, removed);
  }

  mayBeEncodedIn(text: string): boolean {
    return mayBeEncoded(text) && this.runs?.find(text) !== undefined;
  }

  /** Where they stand when the text is read, once or several times over: all of the first reading that shows any. */
  private encodedIn(written: string): [from: number, to: number][] {
    if (!this.mayBeEncodedIn(written)) return [];
    let text = written;
    let from = (at: number): number => at;
    for (let reading = 1; reading <= mostReadings; reading++) {
      const decoded = decodedOnce(text);
      if (!decoded) break;
      const before = from;
      from = (at) => before(decoded.from(at));
      text = decoded.text;
      const places: [number, number][] = [];
      for (let found = this.forms.find(text); found; found = this.forms.find(text, found.at + found.length)) {
        places.push([from(found.at), from(found.at + found.length)]);
      }
      if (places.length > 0) return places;
    }
    return [];
  }
}

function longestRun(secret: string): string {
  return (secret.match(/[A-Za-z0-9]+/g) ?? []).reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}
