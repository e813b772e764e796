import { type CSSResultGroup, css, html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { firstOf } from '../view-models/first-of.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';

/** A view of the console that shows one card for each thing the admin API has. */
export abstract class CardsView<Row extends { id: string }> extends LivePart {
  static override properties = { ...LivePart.properties, rows: { state: true }, more: { state: true } };
  static override styles: CSSResultGroup = [
    look,
    css`
      :host {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 12px;
      }
      .cards {
        display: grid;
        gap: 10px;
      }
    `,
  ];
  declare protected rows: Row[];
  /** there are more than are shown */
  declare private more: boolean;
  /** so many are shown; of a view that shows all it is absent */
  protected readonly most: number = Infinity;

  constructor() {
    super();
    this.rows = [];
    this.more = false;
  }

  /** asks for one more than `most`, where there is one */
  protected abstract ask(): Promise<Row[]>;
  protected abstract card(row: Row, index: number): TemplateResult;
  /** said when there is nothing */
  protected abstract none(): string;
  /** said below the list when it is not all; `most` as the reader's language writes it */
  protected others(_most: string): string {
    return '';
  }
  /** names the view and its list in `data-testid`: `approvals` */
  protected abstract readonly kind: string;

  protected override async load(): Promise<() => void> {
    const rows = await this.ask();
    return () => {
      const { shown, more } = firstOf(rows, this.most);
      this.rows = shown;
      this.more = more;
    };
  }

  override render() {
    return html`${this.troubleNotice()}
      ${this.rows.length === 0 && !this.trouble ? html`<p class="nothing" data-testid="psc-no-${this.kind}">${this.loaded ? this.none() : this.words('loading')}</p>` : nothing}
      <ul class="cards" data-testid="psc-${this.kind}">
        ${repeat(
          this.rows,
          (row) => row.id,
          (row, index) => html`<li>${this.card(row, index)}</li>`,
        )}
      </ul>
      ${this.more ? html`<p class="quiet" data-testid="psc-more-${this.kind}">${this.others(this.host.formats.number(this.most))}</p>` : nothing}`;
  }
}
