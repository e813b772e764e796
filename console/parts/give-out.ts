import { html, nothing } from 'lit';
import { ActingPart } from './acting-part.ts';
import { define } from './console-part.ts';

/** A table as the admin API gives it out, a document, or a whole file. */
type GivenOut = { csv: string; more?: boolean } | { document: object } | Blob;

/** Gives what is looked at out as a file; says when there is more than a file holds. */
export class GiveOut extends ActingPart {
  static override properties = {
    ...ActingPart.properties,
    ...{ ask: { attribute: false }, askParquet: { attribute: false }, name: {}, label: {} },
  };
  declare ask: () => Promise<GivenOut>;
  /** the same table for programs; absent = there is none */
  declare askParquet: (() => Promise<Blob>) | undefined;
  /** of the file, with its ending */
  declare name: string;
  /** what the button says; absent = that it is a table */
  declare label: string | undefined;

  override render() {
    return html`<button class="action" data-testid="psc-give-out" ?disabled=${this.acting} @click=${() => this.give(this.name, this.ask)}>
        ${this.label ?? this.words('out.csv')}</button
      >${this.askParquet ? this.parquet(this.askParquet) : nothing}${this.outcome()}`;
  }

  private parquet(ask: () => Promise<Blob>) {
    return html` <button
      class="action"
      data-testid="psc-give-out-parquet"
      ?disabled=${this.acting}
      @click=${() => this.give(this.name.replace(/csv$/, 'parquet'), ask)}
    >
      ${this.words('out.parquet')}
    </button>`;
  }

  private give(name: string, ask: () => Promise<GivenOut>): Promise<void> {
    return this.act(async () => {
      const given = await ask();
      const address = URL.createObjectURL(given instanceof Blob ? given : written(given));
      Object.assign(document.createElement('a'), { href: address, download: name }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      return 'more' in given && given.more ? this.words('out.more') : '';
    });
  }
}

function written(given: Exclude<GivenOut, Blob>): Blob {
  const [text, type] = 'csv' in given ? [given.csv, 'text/csv'] : [JSON.stringify(given.document, null, 2), 'application/json'];
  return new Blob([text], { type: `${type};charset=utf-8` });
}

define('psc-give-out', GiveOut);
