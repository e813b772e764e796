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
  private readonly forms = new TextSearch();
  /** letters and digits of each secret that stand beside each other: no encoder writes these otherwise, and a text without them needs not be read */
  private readonly runs = new TextSearch();

  add(secret: string, forms: readonly string[]): void {
    this.forms.add(forms);
    this.runs.add(runsOf(secret));
  }

  drop(secret: string, forms: readonly string[]): void {
    this.forms.drop(forms);
    this.runs.drop(runsOf(secret));
  }

  /** letters of the shortest form: a text that is shorter holds none */
  get shortest(): number {
    return this.forms.shortest;
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
    return mayBeEncoded(text) && this.runs.find(text) !== undefined;
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

function runsOf(secret: string): string[] {
  return partsOf(secret)
    .map(longestRun)
    .filter((run) => run.length >= shortestRun);
}

function longestRun(secret: string): string {
  return (secret.match(/[A-Za-z0-9]+/g) ?? []).reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}
