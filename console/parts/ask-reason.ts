import { css, html } from 'lit';
import { ConsolePart, define } from './console-part.ts';
import { look } from './look.css.ts';
import { reasonInput } from './reason-input.ts';
import { plainText } from '../../model/plain-text.ts';
import { outside } from './outside.ts';

/** Asks before something is ended for good, and for the reason that goes into the journal. Tells `psc-reason` or `psc-stay`. */
export class AskReason extends ConsolePart {
  static override properties = { ...ConsolePart.properties, question: {}, act: {}, back: {}, reason: { state: true } };
  static override styles = [
    look,
    css`
      form {
        display: grid;
        gap: 8px;
        border: 1px solid var(--red-ui-text-color-error);
        border-radius: 6px;
        background: var(--red-ui-secondary-background);
        padding: 10px 12px;
      }
      label {
        display: grid;
        gap: 3px;
      }
    `,
  ];
  declare question: string;
  declare act: string;
  /** what the button says that leaves everything as it is; absent = *Cancel* */
  declare back: string | undefined;
  declare private reason: string;

  constructor() {
    super();
    this.reason = '';
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector('input')?.focus();
  }

  override render() {
    return html`<form
      role="group"
      aria-label=${plainText(this.question)}
      data-testid="psc-confirm"
      @submit=${this.submit}
      @keydown=${this.leave}
    >
      <p><b>${outside(this.question)}</b></p>
      ${reasonInput(this.host.words, { reason: this.reason, testId: 'psc-reason', take: (reason) => void (this.reason = reason) })}
      <div class="actions">
        <button class="action primary" type="submit" data-testid="psc-confirm-yes" ?disabled=${this.reason.trim() === ''}>
          ${this.act}
        </button>
        <button class="action" type="button" data-testid="psc-confirm-no" @click=${() => this.tell('psc-stay')}>
          ${this.back ?? this.words('act.back')}
        </button>
      </div>
    </form>`;
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.reason.trim()) this.tell('psc-reason', this.reason.trim());
  }

  private leave(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    this.tell('psc-stay');
  }
}

define('psc-ask-reason', AskReason);
