import { css, html, nothing } from 'lit';
import type { Effect } from '../answers.ts';
import { ActingPart } from './acting-part.ts';
import './ask-reason.ts';
import { define } from './console-part.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

/** One write in doubt: a person has looked it up in the system and says what became of it. */
export class DoubtCard extends ActingPart {
  static override properties = {
    ...ActingPart.properties,
    effect: { attribute: false },
    asking: { state: true },
    recordId: { state: true },
  };
  static override styles = [
    look,
    css`
      article {
        display: grid;
        gap: 6px;
        border: 1px solid var(--red-ui-primary-border-color);
        border-radius: 6px;
        padding: 8px 10px;
      }
      label {
        display: grid;
        gap: 3px;
      }
    `,
  ];
  declare effect: Effect;
  declare private asking: 'made' | 'not-made' | undefined;
  declare private recordId: string;

  constructor() {
    super();
    this.recordId = '';
  }

  override render() {
    const { effect } = this;
    return html`<article data-testid="psc-doubt" data-key=${effect.key}>
      <b>${outside(this.told(effect.title, effect.titleWords))}</b>
      <span class="quiet">${this.words('doubt.look', { system: effect.system, business: effect.business })}</span>
      ${effect.failure ? html`<span class="quiet">${outside(this.sentence(effect.failure).message)}</span>` : nothing}
      ${this.outcome()}${this.asking ? this.question(this.asking) : this.buttons()}
    </article>`;
  }

  private buttons() {
    return html`<div class="actions">
      <button
        class="action"
        data-testid="psc-doubt-made"
        ?disabled=${this.acting || this.lacking('edit') !== undefined}
        title=${this.lacking('edit') ?? nothing}
        @click=${() => this.ask('made')}
      >
        ${this.words('doubt.made')}…
      </button>
      <button
        class="action"
        data-testid="psc-doubt-not-made"
        ?disabled=${this.acting || this.lacking('edit') !== undefined}
        title=${this.lacking('edit') ?? nothing}
        @click=${() => this.ask('not-made')}
      >
        ${this.words('doubt.not-made')}…
      </button>
      <button class="plain link" @click=${() => this.tell('psc-open', this.effect.run)}>${this.words('approval.toRun')}</button>
    </div>`;
  }

  private question(outcome: 'made' | 'not-made') {
    const id = html`<label
      >${this.words('doubt.id')}
      <input
        type="text"
        data-testid="psc-doubt-id"
        .value=${this.recordId}
        @input=${(event: InputEvent) => {
          this.recordId = (event.target as HTMLInputElement).value;
        }}
    /></label>`;
    return html`${outcome === 'made' ? id : nothing}
      <psc-ask-reason
        .host=${this.host}
        .question=${this.words(`doubt.${outcome}Question`)}
        .act=${this.words(`doubt.${outcome}`)}
        @psc-reason=${(event: CustomEvent<string>) => this.settle(outcome, event.detail)}
        @psc-stay=${() => this.ask(undefined)}
      ></psc-ask-reason>`;
  }

  private ask(what: 'made' | 'not-made' | undefined): void {
    this.keepOpener(what !== undefined);
    this.asking = what;
    this.clearOutcome();
  }

  private async settle(outcome: 'made' | 'not-made', reason: string): Promise<void> {
    this.asking = undefined;
    const id = this.recordId.trim();
    await this.act(async () => {
      const result = outcome === 'made' && id ? { result: { id } } : {};
      await this.host.api.post('effects/:key/settle', { outcome, reason, ...result }, { key: this.effect.key });
      return this.words('doubt.settled');
    });
  }
}

define('psc-doubt', DoubtCard);
