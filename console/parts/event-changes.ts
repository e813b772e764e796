import { css, html } from 'lit';
import { type Change, toldChange } from '../view-models/changes-of.ts';
import { ConsolePart, define } from './console-part.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

/** So many are shown: of more the rest is counted. */
const mostShown = 20;

/** What a person has changed in an event, value by value: as it was, and as it will be. */
export class EventChanges extends ConsolePart {
  static override properties = { ...ConsolePart.properties, changes: { attribute: false } };
  static override styles = [
    look,
    css`
      dl {
        display: grid;
        grid-template-columns: minmax(90px, max-content) 1fr;
        gap: 2px 12px;
        margin: 0;
      }
      dd {
        margin: 0;
      }
      dt,
      dd {
        overflow-wrap: anywhere;
      }
      del {
        color: var(--red-ui-secondary-text-color);
      }
      ins {
        text-decoration: none;
        font-weight: 600;
      }
      @container (max-width: 380px) {
        dl {
          grid-template-columns: 1fr;
        }
      }
    `,
  ];
  declare changes: readonly Change[];

  override render() {
    const shown = this.changes.slice(0, mostShown);
    const left = this.changes.length - shown.length;
    return html`<div class="card" data-testid="psc-changes">
      <b>${this.counted('changes.title', this.changes.length)}</b>
      <dl>
        ${shown
          .map((change) => ({ path: change.path, ...toldChange(change) }))
          .map(
            ({ path, before, after }) =>
              html`<dt><code>${outside(path)}</code></dt>
                <dd>
                  <del>${this.value(before)}</del> <span class="quiet">${this.words('changes.becomes')}</span>
                  <ins>${this.value(after)}</ins>
                </dd>`,
          )}
      </dl>
      ${left > 0 ? html`<p class="quiet">${this.counted('changes.more', left)}</p>` : ''}
    </div>`;
  }

  private value(told: string | undefined) {
    return told === undefined ? this.words('changes.absent') : outside(told);
  }
}

define('psc-event-changes', EventChanges);
