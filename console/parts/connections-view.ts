import { css, html } from 'lit';
import type { ConnectionRow } from '../answers.ts';
import { CardsView } from './cards-view.ts';
import './connection-card.ts';
import { define } from './console-part.ts';
import './node-chip.ts';

/** Every connection that is deployed. */
export class ConnectionsView extends CardsView<ConnectionRow> {
  static override styles = [
    CardsView.styles,
    css`
      .cards {
        grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr));
        gap: 12px;
      }
    `,
  ];
  protected override readonly kind = 'connections';

  protected override ask(): Promise<ConnectionRow[]> {
    return this.host.api.get('connections');
  }

  protected override card(row: ConnectionRow) {
    return html`<psc-connection .host=${this.host} .connection=${row}></psc-connection>`;
  }

  protected override none(): string {
    return this.words('connection.none');
  }
}

define('psc-connections', ConnectionsView);
