import { css, html, nothing } from 'lit';
import { failureClasses } from '../../model/failure-details.ts';
import { type DeadLetterFilter, deadLetterFilters } from '../view-models/dead-letter-filter.ts';
import { ConsolePart, define } from './console-part.ts';
import { look } from './look.css.ts';

const severities = ['critical', 'high', 'normal', 'low'] as const;

/** Which dead letters are looked at: by flow, class, system, severity and day. Tells `psc-dead-filter` the whole filter. */
export class DeadLetterFilterPart extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    filter: { attribute: false },
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
  declare filter: DeadLetterFilter;
  /** ids of tabs, and names of systems, that dead letters were seen of */
  declare flows: readonly string[];
  declare systems: readonly string[];

  override render() {
    const count = deadLetterFilters.filter((name) => this.filter[name]).length;
    const { flows } = this.host;
    return html`<details data-testid="psc-dead-filters" ?open=${count > 0}>
      <summary>${count > 0 ? this.counted('filter.by', count) : this.words('filter.title')}</summary>
      <div class="fields">
        ${this.choice('flow', this.flows, (id) => flows.flowName(id) ?? id)}
        ${this.choice('class', failureClasses, (name) => this.named('class', name))} ${this.choice('system', this.systems, (name) => name)}
        ${this.choice('severity', severities, (name) => this.named('severity', name))} ${this.day('since')} ${this.day('until')}
        ${count > 0 ? html`<button class="action" data-testid="psc-filter-clear" @click=${() => this.tell('psc-dead-filter', {})}>${this.words('filter.clear')}</button>` : nothing}
      </div>
    </details>`;
  }

  /** What an address asks for may be none that there is. */
  private named(of: string, name: string): string {
    const key = `${of}.${name.replace('.', '-')}`;
    const said = this.words(key);
    return said === key ? name : said;
  }

  private choice(name: keyof DeadLetterFilter, values: readonly string[], called: (value: string) => string) {
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

  private day(name: 'since' | 'until') {
    return html`<label
      >${this.words(`filter.${name}`)}
      <input
        type="date"
        data-testid="psc-filter-${name}"
        .value=${this.filter[name] ?? ''}
        @change=${(event: Event) => this.take(name, event)}
      />
    </label>`;
  }

  private take(name: keyof DeadLetterFilter, event: Event): void {
    const { value } = event.target as HTMLSelectElement | HTMLInputElement;
    const { [name]: _before, ...others } = this.filter;
    this.tell('psc-dead-filter', value === '' ? others : { ...others, [name]: value });
  }
}

define('psc-dead-filter', DeadLetterFilterPart);
