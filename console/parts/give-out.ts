import { html } from 'lit';
import { ActingPart } from './acting-part.ts';
import { define } from './console-part.ts';

/** A table as the admin API gives it out, or a document. */
export type GivenOut = { csv: string; more?: boolean } | { document: object };

/** Gives what is looked at out as a file; says when there is more than a file holds. */
export class GiveOut extends ActingPart {
  static override properties = { ...ActingPart.properties, ask: { attribute: false }, name: {}, label: {} };
  declare ask: () => Promise<GivenOut>;
  /** of the file, with its ending */
  declare name: string;
  /** what the button says; absent = that it is a table */
  declare label: string | undefined;

  override render() {
    return html`<button class="action" data-testid="psc-give-out" ?disabled=${this.acting} @click=${this.give}>
        ${this.label ?? this.words('out.csv')}</button
      >${this.outcome()}`;
  }

  private give(): Promise<void> {
    return this.act(async () => {
      const given = await this.ask();
      const [text, type] = 'csv' in given ? [given.csv, 'text/csv'] : [JSON.stringify(given.document, null, 2), 'application/json'];
      const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
      Object.assign(document.createElement('a'), { href: address, download: this.name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      return 'csv' in given && given.more ? this.words('out.more') : '';
    });
  }
}

define('psc-give-out', GiveOut);
