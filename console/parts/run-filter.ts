import { css, html, nothing } from 'lit';
import { failureClasses } from '../../model/failure-details.ts';
import { changed, narrowedBy, type RunFilter } from '../view-models/run-filter.ts';
import { ConsolePart, define } from './console-part.ts';
import { look } from './look.css.ts';
import './saved-filters.ts';

const severities = ['critical', 'high', 'normal', 'low'] as const;

/** Which runs or dead letters are looked at: by engagement, flow, class, system, severity and day. Tells `psc-run-filter` the whole filter. */
export class RunFilterPart extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    listed: {},
    filter: { attribute: false },
    status: {},
    flows: { attribute: false },
    systems: { attribute: false },
  };
  static override styles = [
    look,
    css`
      :host {
        flex-basis: 100%;
      }
      .fields {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(130px, 1fr));
        gap: 6px 10px;
        padding: 6px 0 2px;
        align-items: end;
      }
      label {
        display: grid;
        gap: 2px;
        min-width: 0;
      }
    `,
  ];
  declare listed: 'runs' | 'dead-letters';
  declare filter: RunFilter;
  /** of runs: the state to which their list is narrowed */
  declare status: string | undefined;
  /** ids of tabs, and names of systems, that were seen in the list */
  declare flows: readonly string[];
  declare systems: readonly string[];

  override render() {
    const count = narrowedBy(this.filter);
    const { search } = this.filter;
    const { flows } = this.host;
    return html`<details data-testid=${this.listed === 'runs' ? 'psc-run-filters' : 'psc-dead-filters'} ?open=${count > 0}>
      <summary>${count > 0 ? this.counted('filter.by', count) : this.words('filter.title')}</summary>
      <div class="fields">
        ${this.choice('flow', this.flows, (id) => flows.flowName(id) ?? id)}
        ${this.choice('class', failureClasses, (name) => this.named('class', name))} ${this.choice('system', this.systems, (name) => name)}
        ${this.choice('severity', severities, (name) => this.named('severity', name))}
        ${this.day('since', this.listed === 'runs' ? this.words('filter.came') : this.words('filter.since'))}
        ${this.day('until', this.words('filter.until'))}
        <label
          >${this.words('board.engagement')}
          <input
            type="text"
            data-testid="psc-filter-engagement"
            .value=${this.filter.engagement ?? ''}
            @change=${(event: Event) => this.take('engagement', event)}
          />
        </label>
        ${count > 0 ? html`<button class="action" data-testid="psc-filter-clear" @click=${() => this.tell('psc-run-filter', search ? { search } : {})}>${this.words('filter.clear')}</button>` : nothing}
      </div>
      <psc-saved-filters
        .host=${this.host}
        .listed=${this.listed}
        .shown=${{ ...this.filter, ...(this.status ? { filter: this.status } : {}) }}
      ></psc-saved-filters>
    </details>`;
  }

  /** What an address asks for may be none that there is. */
  private named(of: string, name: string): string {
    const key = `${of}.${name.replace('.', '-')}`;
    const said = this.words(key);
    return said === key ? name : said;
  }

  private choice(name: keyof RunFilter, values: readonly string[], called: (value: string) => string) {
    const chosen = this.filter[name] ?? '';
    const all = chosen === '' || values.includes(chosen) ? values : [...values, chosen];
    return html`<label
      >${this.words(`filter.${name}`)}
      <select data-testid="psc-filter-${name}" @change=${(event: Event) => this.take(name, event)}>
        <option value="">${this.words('filter.all')}</option>
        ${all.map((value) => html`<option value=${value} .selected=${value === chosen}>${called(value)}</option>`)}
      </select></label
    >`;
  }

  private day(name: 'since' | 'until', called: string) {
    return html`<label
      >${called}
      <input
        type="date"
        data-testid="psc-filter-${name}"
        .value=${this.filter[name] ?? ''}
        @change=${(event: Event) => this.take(name, event)}
      />
    </label>`;
  }

  private take(name: keyof RunFilter, event: Event): void {
    this.tell('psc-run-filter', changed(this.filter, name, (event.target as HTMLSelectElement | HTMLInputElement).value));
  }
}

define('psc-run-filter', RunFilterPart);
