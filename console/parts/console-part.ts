import { type CSSResultGroup, LitElement } from 'lit';
import type { ConsoleHost } from '../host.ts';
import { type Said, sentence } from '../../model/failure-sentence.ts';
import { plainText } from '../../model/plain-text.ts';
import { counted } from '../words.ts';
import { look } from './look.css.ts';

/** A piece of the console: it is given the host and speaks its language. */
export abstract class ConsolePart extends LitElement {
  static override properties: Record<string, object> = { host: { attribute: false } };
  static override styles: CSSResultGroup = look;
  declare host: ConsoleHost;

  protected words(key: string, values?: Record<string, string | number>): string {
    return this.host.words(key, values && shown(values));
  }

  /** What a failure or an issue says, in the language of the console; what is stored of it is English. */
  protected sentence(said: Said): { message: string; remedy?: string } {
    return sentence(said, this.host.failures);
  }

  /** A text of ours that stands alone, such as what a record is called, in the language of the console. */
  protected told(text: string, words: Said['words'] | undefined): string {
    return this.sentence({ message: text, ...(words ? { words } : {}) }).message;
  }

  /** A text that depends on a number; the number is in it as `__n__`. */
  protected counted(key: string, n: number, values?: Record<string, string | number>): string {
    return counted(this.host.words, this.host.language, key, n, values && shown(values));
  }

  /** Tells the part around this one; crosses shadow roots. */
  protected tell(event: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(event, { detail, bubbles: true, composed: true }));
  }
}

/** What fills the gaps of a text comes from outside; one that is written from the right is kept apart (UAX #9, FSI and PDI). */
function shown(values: Record<string, string | number>): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const text = plainText(String(value));
      return [name, /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(text) ? `\u2068${text}\u2069` : text];
    }),
  );
}

/** Defines an element once, also when the sidebar's script is run a second time. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}
