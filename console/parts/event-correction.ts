import { css, html, nothing } from 'lit';
import type { CorrectionForm, Json } from '../answers.ts';
import { changesOf } from '../view-models/changes-of.ts';
import type { EditedJson } from '../view-models/edited-json.ts';
import { ConsolePart, define } from './console-part.ts';
import './event-changes.ts';
import './event-editor.ts';
import './event-form.ts';
import { look } from './look.css.ts';

/** The data of a dead letter's event, to be looked at or corrected: as a form or as JSON, with what is changed. Tells `psc-edited` what it is now. */
export class EventCorrection extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    data: { attribute: false },
    form: { attribute: false },
    readOnly: { type: Boolean },
    edited: { state: true },
    asJson: { state: true },
  };
  static override styles = [
    look,
    css`
      :host {
        display: grid;
        gap: 8px;
      }
      details {
        border: 1px solid var(--red-ui-primary-border-color);
        border-radius: 6px;
        padding: 6px 10px;
        background: var(--red-ui-secondary-background);
      }
      details[open] summary {
        margin-bottom: 8px;
      }
    `,
  ];
  /** as it came */
  declare data: Json;
  /** absent = it can be corrected as JSON alone */
  declare form: CorrectionForm | undefined;
  declare readOnly: boolean;
  declare private edited: EditedJson;
  declare private asJson: boolean;
  /** what the data was when it was changed from form to JSON, or back */
  private from: Json | undefined;

  constructor() {
    super();
    this.edited = { state: 'unchanged' };
    this.asJson = false;
  }

  override render() {
    const changes = this.edited.state === 'changed' ? changesOf(this.data, this.edited.data) : [];
    return html`${changes.length > 0 ? html`<psc-event-changes .host=${this.host} .changes=${changes}></psc-event-changes>` : nothing}
      <details data-testid="psc-event" @toggle=${this.begin} @psc-edited=${this.take}>
        <summary>${this.words(this.readOnly ? 'event.show' : 'event.edit')}</summary>
        ${this.readOnly || !this.form || this.form.fields.length === 0 ? this.editor() : this.either(this.form)}
      </details>`;
  }

  private either(form: CorrectionForm) {
    return html`<p>
        <button
          class="plain link"
          data-testid="psc-event-as"
          ?disabled=${this.edited.state === 'invalid' || this.edited.state === 'inexact'}
          @click=${this.turn}
        >
          ${this.words(this.asJson ? 'form.asForm' : 'form.asJson')}
        </button>
      </p>
      ${
        this.asJson
          ? this.editor()
          : html`<psc-event-form
              .host=${this.host}
              .form=${form}
              .data=${this.data}
              .from=${this.from ?? this.data}
              @psc-as-it-came=${this.asItCame}
            ></psc-event-form>`
      }`;
  }

  private editor() {
    return html`<psc-event-editor .host=${this.host} .data=${this.data} .from=${this.from} .readOnly=${this.readOnly}></psc-event-editor>`;
  }

  /** Opened, the keyboard is where something is wrong. */
  private begin(event: Event): void {
    if ((event.target as HTMLDetailsElement).open) this.renderRoot.querySelector<HTMLElement>('psc-event-form')?.focus();
  }

  private turn(): void {
    this.from = this.edited.state === 'changed' ? this.edited.data : undefined;
    this.asJson = !this.asJson;
  }

  private asItCame(): void {
    this.from = undefined;
    this.edited = { state: 'unchanged' };
    this.tell('psc-edited', this.edited);
  }

  private take(event: CustomEvent<EditedJson>): void {
    this.edited = event.detail;
  }
}

define('psc-event-correction', EventCorrection);
