import { css, html, LitElement } from 'lit';
import { define } from './console-part.ts';
import { look } from './look.css.ts';

/** A list and what is chosen in it: side by side where there is room, one in place of the other where there is not. */
export class SplitView extends LitElement {
  static override properties = { chosen: { type: Boolean, reflect: true } };
  static override styles = [
    look,
    css`
      :host {
        display: flex;
        flex: 1;
        min-height: 0;
      }
      .list,
      .details {
        min-width: 0;
        overflow: auto;
        flex: 1;
      }
      .details {
        display: none;
        padding: 10px 12px 24px;
      }
      :host([chosen]) .details {
        display: block;
      }
      @container (max-width: 819px) {
        :host([chosen]) .list {
          display: none;
        }
      }
      @container (min-width: 820px) {
        :host([chosen]) .list {
          flex: 1 1 50%;
          border-right: 1px solid var(--red-ui-primary-border-color);
        }
        :host([chosen]) .details {
          flex: 1 1 50%;
          padding: 14px 20px 32px;
        }
      }
    `,
  ];
  declare chosen: boolean;

  override render() {
    return html`<div class="list"><slot name="list"></slot></div>
      <div class="details"><slot name="details"></slot></div>`;
  }
}

define('psc-split', SplitView);
