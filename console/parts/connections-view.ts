import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { ConnectionRow } from '../answers.ts';
import './connection-card.ts';
import { define } from './console-part.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';
import './node-chip.ts';

/** Every connection that is deployed. */
export class ConnectionsView extends LivePart {
  static override properties = { ...LivePart.properties, connections: { state: true } };
  static override styles = [
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
        grid-template-columns: repeat(auto-fill, minmax(min(340px, 100%), 1fr));
        gap: 12px;
      }
    `,
  ];
  declare private connections: ConnectionRow[];

  constructor() {
    super();
    this.connections = [];
  }

  protected override async load(): Promise<() => void> {
    const connections = await this.host.api.get<ConnectionRow[]>('connections');
    return () => {
      this.connections = connections;
    };
  }

  override render() {
    return html`${this.troubleNotice()}
      ${this.connections.length === 0 && !this.trouble ? html`<p class="nothing">${this.words(this.loaded ? 'connection.none' : 'loading')}</p>` : nothing}
      <div class="cards" data-testid="psc-connections">
        ${repeat(
          this.connections,
          (connection) => connection.id,
          (connection) => html`<psc-connection .host=${this.host} .connection=${connection}></psc-connection>`,
        )}
      </div>`;
  }
}

define('psc-connections', ConnectionsView);
