import { css, html, nothing } from 'lit';
import type { ApiKeyRow } from '../answers.ts';
import { ActingPart } from './acting-part.ts';
import './ask-reason.ts';
import { define } from './console-part.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

/** Keys of those who call business APIs: whose there are, a new one (shown once), one that ends. For who may configure. */
export class ApiKeys extends ActingPart {
  static override properties = {
    ...ActingPart.properties,
    keys: { state: true },
    isOpen: { state: true },
    ending: { state: true },
    made: { state: true },
  };
  static override styles = [
    look,
    css`
      section,
      form,
      ul {
        display: grid;
        gap: 8px;
      }
      section {
        padding-top: 12px;
      }
      ul {
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li,
      .fields {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        align-items: baseline;
        overflow-wrap: anywhere;
      }
      label {
        display: grid;
        gap: 3px;
        flex: 1 1 160px;
      }
      .made {
        font-family: monospace;
        user-select: all;
        overflow-wrap: anywhere;
      }
    `,
  ];
  declare private keys: ApiKeyRow[];
  declare private isOpen: boolean;
  /** id of the key that is to be revoked */
  declare private ending: string | undefined;
  /** the new key: in this page alone, and until it is left */
  declare private made: string | undefined;
  private asked = false;

  constructor() {
    super();
    this.keys = [];
    this.isOpen = false;
  }

  override updated(changed: Map<string, unknown>): void {
    // what may be done here is known once the console has asked
    if (!this.asked && this.host.rights.known && !this.lacking('configure')) {
      this.asked = true;
      void this.attempt(() => this.read());
    }
    if (changed.has('isOpen') && this.isOpen) this.renderRoot.querySelector<HTMLElement>('input')?.focus();
  }

  override render() {
    if (this.lacking('configure')) return nothing;
    return html`<section data-testid="psc-api-keys">
      <b>${this.words('keys.title')}</b>
      ${this.outcome()}${this.made ? html`<code class="card made" tabindex="0" data-testid="psc-key-made">${this.made}</code>` : nothing}
      ${
        this.keys.length === 0
          ? html`<p class="quiet">${this.words('keys.none')}</p>`
          : html`<ul>
              ${this.keys.map((key) => this.key(key))}
            </ul>`
      }
      ${this.isOpen ? this.form() : html`<div class="actions"><button class="action" data-testid="psc-key-new" @click=${() => this.show(true)}>${this.words('keys.new')}…</button></div>`}
    </section>`;
  }

  private key({ id, consumer, scopes, expiresAt }: ApiKeyRow) {
    const until = expiresAt === undefined ? '' : this.words('keys.until', { when: this.host.formats.instant(expiresAt) });
    return html`<li class="card" data-testid="psc-key" data-id=${id}>
      <b>${outside(consumer)}</b> <span>${outside(scopes.join(', '))}</span> <span class="quiet">${until}</span>
      ${
        this.ending === id
          ? html`<psc-ask-reason
              .host=${this.host}
              .question=${this.words('keys.revokeQuestion', { consumer })}
              .act=${this.words('keys.revoke')}
              @psc-reason=${({ detail }: CustomEvent<string>) => this.revoke(id, detail)}
              @psc-stay=${() => this.end(undefined)}
            ></psc-ask-reason>`
          : html`<button class="action" data-testid="psc-key-revoke-${id}" ?disabled=${this.acting} @click=${() => this.end(id)}>
              ${this.words('keys.revoke')}…
            </button>`
      }
    </li>`;
  }

  private form() {
    const field = (name: 'consumer' | 'scopes', placeholder: string) =>
      html`<label
        >${this.words(`keys.${name}`)}
        <input
          type="text"
          name=${name}
          required
          spellcheck="false"
          autocomplete="off"
          placeholder=${placeholder}
          data-testid="psc-key-${name}"
      /></label>`;
    return html`<form
      class="card"
      aria-label=${this.words('keys.new')}
      data-testid="psc-key-form"
      @submit=${this.make}
      @keydown=${this.leave}
    >
      <div class="fields">
        ${field('consumer', 'time-tool')}${field('scopes', 'timesheets staffing')}
        <label
          >${this.words('keys.days')} <input name="days" type="number" min="1" max="3650" value="365" required data-testid="psc-key-days"
        /></label>
      </div>
      <p class="quiet">${this.words('keys.help')}</p>
      <div class="actions">
        <button class="action primary" type="submit" data-testid="psc-key-make" ?disabled=${this.acting}>${this.words('keys.make')}</button>
        <button class="action" type="button" @click=${() => this.show(false)}>${this.words('act.back')}</button>
      </div>
    </form>`;
  }

  private show(isOpen: boolean): void {
    this.keepOpener(isOpen);
    this.isOpen = isOpen;
  }

  private leave(event: KeyboardEvent): void {
    if (event.key === 'Escape') this.show(false);
  }

  private end(id: string | undefined): void {
    this.keepOpener(id !== undefined);
    this.ending = id;
  }

  private make(event: SubmitEvent): void {
    event.preventDefault();
    const typed = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(typed.get(name) ?? '').trim();
    this.made = undefined;
    void this.act(async () => {
      const scopes = text('scopes')
        .split(/[\s,;]+/)
        .filter(Boolean);
      const { key } = await this.host.api.post('api-keys', {
        consumer: text('consumer'),
        scopes: scopes as [string, ...string[]],
        days: Number(text('days')),
      });
      this.made = key;
      this.isOpen = false;
      await this.read();
      return this.words('keys.made');
    });
  }

  private revoke(id: string, reason: string): void {
    this.ending = undefined;
    void this.act(async () => {
      await this.host.api.post('api-keys/:id/revoke', { reason }, { id });
      await this.read();
      return this.words('keys.revoked');
    });
  }

  /** Those that can be used. */
  private async read(): Promise<string> {
    const keys = await this.host.api.get('api-keys');
    const now = Date.now();
    this.keys = keys.filter(({ revokedAt, expiresAt }) => revokedAt === undefined && (expiresAt === undefined || expiresAt > now));
    return '';
  }
}

define('psc-api-keys', ApiKeys);
