import { css, html, nothing } from 'lit';
import { ConsolePart, define } from './console-part.ts';
import { icon } from './icons.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

/** A node by its name; leads to it on the canvas. */
export class NodeChip extends ConsolePart {
  static override properties = { ...ConsolePart.properties, node: {} };
  static override styles = [
    look,
    css`
      :host {
        display: inline-block;
        max-width: 100%;
      }
      .chip {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        max-width: 100%;
        padding: 0 7px;
        border: 1px solid var(--red-ui-secondary-border-color);
        border-radius: 10px;
        background: var(--red-ui-secondary-background);
        color: var(--red-ui-primary-text-color);
        font-size: 12px;
      }
      button.chip {
        cursor: pointer;
      }
      .chip:is(a, button):hover {
        border-color: var(--red-ui-text-color-link);
        text-decoration: none;
      }
      .name {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];
  declare node: string;

  override render() {
    const { reveal, nodeAddress, flows } = this.host;
    const name = flows.nodeName(this.node);
    const content = html`${icon('target')}<span class="name"
        >${name === undefined ? nothing : outside(name)}${name !== undefined ? nothing : this.words('node.gone', { id: this.node })}</span
      >`;
    const label = this.words('node.show', { name: name ?? this.node });
    if (name === undefined || !(reveal || nodeAddress)) return html`<span class="chip">${content}</span>`;
    if (reveal) {
      return html`<button class="chip" data-testid="psc-node" title=${label} aria-label=${label} @click=${() => reveal(this.node)}>
        ${content}
      </button>`;
    }
    return html`<a class="chip" data-testid="psc-node" title=${label} aria-label=${label} href=${nodeAddress?.(this.node) ?? ''}
      >${content}</a
    >`;
  }
}

define('psc-node', NodeChip);
