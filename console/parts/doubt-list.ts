import { css, html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Effect } from '../answers.ts';
import { firstOf } from '../view-models/first-of.ts';
import { define } from './console-part.ts';
import './doubt-card.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';

const most = 100;

/** Writes of which nobody knows whether they were made; nothing to be seen while there is none. */
export class DoubtList extends LivePart {
  static override properties = { ...LivePart.properties, effects: { state: true }, more: { state: true } };
  static override styles = [
    look,
    css`
      section {
        padding: 8px 12px;
        border-bottom: 1px solid var(--red-ui-secondary-border-color);
      }
      ul {
        display: grid;
        gap: 8px;
      }
    `,
  ];
  declare private effects: Effect[];
  declare private more: boolean;

  constructor() {
    super();
    this.effects = [];
    this.more = false;
  }

  protected override async load(): Promise<() => void> {
    const effects = await this.host.api.get('effects', { limit: most + 1 });
    return () => {
      const { shown, more } = firstOf(effects, most);
      this.effects = shown;
      this.more = more;
    };
  }

  override render() {
    if (this.effects.length === 0) return nothing;
    return html`<section data-testid="psc-doubts">
      <h3>${this.words('doubt.title')}</h3>
      <ul>
        ${repeat(
          this.effects,
          (effect) => effect.key,
          (effect) => html`<li><psc-doubt .host=${this.host} .effect=${effect}></psc-doubt></li>`,
        )}
      </ul>
      ${this.more ? html`<p class="quiet" data-testid="psc-more-doubts">${this.words('doubt.more', { n: this.host.formats.number(most) })}</p>` : nothing}
    </section>`;
  }
}

define('psc-doubt-list', DoubtList);
