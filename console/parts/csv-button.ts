import { html } from 'lit';
import { ActingPart } from './acting-part.ts';
import { define } from './console-part.ts';

/** Gives what is looked at out as a file for spreadsheets; says when there is more than a file holds. */
export class CsvButton extends ActingPart {
  static override properties = { ...ActingPart.properties, ask: { attribute: false }, name: {} };
  declare ask: () => Promise<{ csv: string; more?: boolean }>;
  /** of the file, without its ending */
  declare name: string;

  override render() {
    return html`<button class="action" data-testid="psc-csv" ?disabled=${this.acting} @click=${this.give}>${this.words('csv.give')}</button
      >${this.outcome()}`;
  }

  private give(): Promise<void> {
    return this.act(async () => {
      const { csv, more } = await this.ask();
      const address = URL.createObjectURL(new Blob([csv], { type: 'text/csv;charset=utf-8' }));
      Object.assign(document.createElement('a'), { href: address, download: `${this.name}.csv` }).click();
      setTimeout(() => URL.revokeObjectURL(address), 60_000);
      return more ? this.words('csv.more') : '';
    });
  }
}

define('psc-csv', CsvButton);
