import { css, html, nothing } from 'lit';
import type { ConnectionRow } from '../answers.ts';
import { type ConnectionHealth, connectionHealth } from '../view-models/connection-health.ts';
import type { Tone } from '../view-models/look.ts';
import { ActingPart } from './acting-part.ts';
import { define } from './console-part.ts';
import { type IconName, icon } from './icons.ts';
import { look } from './look.css.ts';
import { wholeSentence } from '../../model/failure-sentence.ts';
import { plainText } from '../../model/plain-text.ts';
import { outside } from './outside.ts';

const signs: Record<Tone, IconName> = { good: 'check', bad: 'cross', warn: 'warning', busy: 'clock', quiet: 'clock' };

/** One connection: what it is, how it does, and a test of it as it is deployed. */
export class ConnectionCard extends ActingPart {
  static override properties = { ...ActingPart.properties, connection: { attribute: false } };
  static override styles = [
    look,
    css`
      .card {
        display: grid;
        gap: 8px;
        height: 100%;
        align-content: start;
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        align-items: baseline;
      }
      header .state {
        margin-left: auto;
        white-space: normal;
      }
      meter {
        appearance: none;
        width: 100%;
        height: 8px;
        display: block;
        border: 0;
        border-radius: 4px;
        overflow: hidden;
        background: var(--red-ui-secondary-border-color);
      }
      meter::-webkit-meter-inner-element {
        display: block;
      }
      meter::-webkit-meter-bar {
        height: 8px;
        border: 0;
        border-radius: 4px;
        background: var(--red-ui-tertiary-border-color);
      }
      meter::-webkit-meter-optimum-value,
      meter::-moz-meter-bar {
        background: var(--red-ui-text-color-success);
      }
      meter::-webkit-meter-suboptimum-value,
      meter:-moz-meter-sub-optimum::-moz-meter-bar {
        background: var(--red-ui-text-color-warning);
      }
      .quota {
        display: grid;
        gap: 2px;
      }
      .last {
        overflow-wrap: anywhere;
      }
    `,
  ];
  declare connection: ConnectionRow;

  override render() {
    const { connection } = this;
    const health = connectionHealth(connection);
    return html`<article
      class="card"
      data-testid="psc-connection"
      data-connection=${connection.id}
      data-state=${health.state}
      aria-label=${plainText(connection.name)}
    >
      <header>
        <h2>${outside(connection.name)}</h2>
        <span class="quiet">${connection.roles.map((role) => this.words(`role.${role}`)).join(' + ')} · ${outside(connection.system)}</span>
        <span class="state ${health.tone}">${icon(signs[health.tone])}${this.words(`connection.state.${health.state}`)}</span>
      </header>
      ${connection.failure ? html`<psc-notice tone="bad" .text=${wholeSentence(connection.failure, this.host.failures)}></psc-notice>` : this.facts(health)}
      ${this.outcome()}
      <div class="actions">
        <button
          class="action"
          data-testid="psc-test-connection"
          ?disabled=${this.acting || this.lacking('configure') !== undefined}
          title=${this.lacking('configure') ?? nothing}
          @click=${this.test}
        >
          ${this.words(this.acting ? 'connection.testing' : 'connection.test')}
        </button>
        <psc-node .host=${this.host} .node=${connection.id}></psc-node>
      </div>
    </article>`;
  }

  private facts({ inFlight, concurrency, quota, lastFailure }: ConnectionHealth) {
    const { formats } = this.host;
    return html`<dl class="facts">
        <dt>${this.words('connection.inFlight')}</dt>
        <dd class="number">
          ${concurrency === undefined ? formats.number(inFlight) : this.words('connection.of', { n: formats.number(inFlight), max: formats.number(concurrency) })}
        </dd>
      </dl>
      ${quota ? this.quota(quota) : nothing}
      ${lastFailure ? html`<div class="last" data-testid="psc-last-failure"><span class="quiet">${this.words('connection.lastFailure')}${lastFailure.at ? html`, ${formats.ago(Date.parse(lastFailure.at), Date.now())}` : nothing}:</span> ${outside(lastFailure.message)}</div>` : nothing}`;
  }

  private quota({ used, max }: { used: number; max: number }) {
    const { formats } = this.host;
    const text = this.words('connection.of', { n: formats.number(used), max: formats.number(max) });
    return html`<div class="quota">
      <span><span class="quiet">${this.words('connection.quota')}</span> <span class="number">${text}</span></span>
      <meter min="0" max=${max} high=${max * 0.8} optimum="0" value=${used} aria-label=${this.words('connection.quota')}>${text}</meter>
    </div>`;
  }

  /** Tries the connection as deployed: its secrets are known to the runtime only. */
  private test(): Promise<void> {
    const { id, type } = this.connection;
    return this.act(async () => {
      const answer = await this.host.api.post('connections/test', { type, id });
      if (!answer.ok) throw new Error(wholeSentence(answer, this.host.failures));
      return answer.message || this.words('connection.testGood');
    });
  }
}

define('psc-connection', ConnectionCard);
