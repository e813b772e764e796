import { css, html, nothing } from 'lit';
import { define } from './console-part.ts';
import { KpiPart } from './kpi-part.ts';
import { look } from './look.css.ts';

/** groups that are compared in sight; the table has all */
const mostCompared = 6;

/** The groups of a figure side by side, the worst first: how long the bars are, and where on them the target is. */
export class KpiGroups extends KpiPart {
  static override styles = [
    look,
    css`
      .groups {
        display: grid;
        grid-template-columns: minmax(0, 5fr) minmax(40px, 4fr) max-content;
        gap: 3px 8px;
        align-items: center;
        font-size: 12px;
      }
      .groups li {
        display: contents;
      }
      .groups .number {
        text-align: right;
      }
      .groups .bar {
        position: relative;
        height: 10px;
        overflow: hidden;
        border-left: 1px solid var(--red-ui-secondary-text-color);
      }
      .groups .bar i {
        position: absolute;
        inset-block: 0;
      }
      .groups .mean {
        left: 0;
        background: color-mix(in srgb, currentcolor 45%, var(--red-ui-secondary-background));
      }
      .groups .mean.bad {
        border: 1px solid var(--red-ui-text-color-error);
        background: color-mix(in srgb, var(--red-ui-text-color-error) 25%, var(--red-ui-secondary-background));
      }
      .groups .aim {
        border-left: 2px dashed var(--red-ui-secondary-text-color);
      }
    `,
  ];

  override render() {
    const { groups, target, better } = this.kpi;
    if (groups.length < 2) return nothing;
    const ordered = groups.toSorted((one, other) => (better === 'less' ? other.value - one.value : one.value - other.value));
    const most = Math.max(...groups.map(({ value }) => value)) || 1;
    const whole = target <= 3 * most ? Math.max(most, target) : most;
    const width = (value: number) => `${(100 * Math.min(value, whole)) / whole}%`;
    return html`<h3>${this.words(`kpi.grouping.${this.by}`)}</h3>
      <ul class="groups" data-testid="psc-kpi-groups">
        ${ordered.slice(0, mostCompared).map(
          ({ group, value, missed }) =>
            html`<li>
              <span class="wrap">${this.nameOf(group)}</span>
              <span class="bar" aria-hidden="true"
                ><i class="mean ${missed ? 'bad' : ''}" style="width: ${width(value)}"></i
                >${target > whole ? nothing : html`<i class="aim" style="left: min(${width(target)}, 100% - 2px)"></i>`}</span
              >
              <span class="number">${this.mark(missed)}${this.shown(value)}</span>
            </li>`,
        )}
      </ul>
      ${
        groups.length > mostCompared
          ? html`<p class="quiet">${this.words('kpi.more', { n: this.host.formats.number(groups.length - mostCompared) })}</p>`
          : nothing
      }`;
  }
}

define('psc-kpi-groups', KpiGroups);
