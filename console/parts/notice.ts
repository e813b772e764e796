import { css, html, LitElement } from 'lit';
import { define } from './console-part.ts';
import { type IconName, icon } from './icons.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

const signs: Record<string, IconName> = { good: 'check', bad: 'warning', warn: 'warning', busy: 'clock', quiet: 'clock' };

/** One message in words; what stands inside it follows the text. Screen readers are told when it appears. */
export class Notice extends LitElement {
  static override properties = { text: {}, tone: {} };
  static override styles = [
    look,
    css`
      .notice {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        border-left: 3px solid var(--tone);
        background: var(--red-ui-tertiary-background);
        border-radius: 3px;
        padding: 7px 10px;
        overflow-wrap: anywhere;
      }
      .notice > .icon {
        margin-top: 3px;
        color: var(--tone);
      }
      .text {
        flex: 1;
        min-width: 0;
      }
    `,
  ];
  declare text: string;
  declare tone: string;

  override render() {
    return html`<div class="notice ${this.tone}" role=${this.tone === 'bad' ? 'alert' : 'status'}>
      ${icon(signs[this.tone] ?? 'warning')}
      <div class="text" data-testid="psc-notice-text">${outside(this.text)} <slot></slot></div>
    </div>`;
  }
}

define('psc-notice', Notice);
