import { css, html } from 'lit';
import type { ConnectionRow } from '../answers.ts';
import './api-keys.ts';
import { CardsView } from './cards-view.ts';
import './connection-card.ts';
import { define } from './console-part.ts';
import './give-out.ts';
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
      .documents {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        padding-top: 12px;
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

  /** What other systems are told of this one. */
  override render() {
    const { api } = this.host;
    return html`${super.render()}
      <div class="documents">
        <psc-give-out
          .host=${this.host}
          name="openapi.json"
          .label=${this.words('out.openapi')}
          .ask=${async () => ({ document: await api.get('business-apis/document') })}
        ></psc-give-out>
        <psc-give-out
          .host=${this.host}
          name="asyncapi.json"
          .label=${this.words('out.asyncapi')}
          .ask=${async () => ({ document: await api.get('business-events/document') })}
        ></psc-give-out>
      </div>
      <psc-api-keys .host=${this.host}></psc-api-keys>`;
  }

  protected override none(): string {
    return this.words('connection.none');
  }
}

define('psc-connections', ConnectionsView);
