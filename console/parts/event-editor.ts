import { css, html, nothing } from 'lit';
import type { Json } from '../answers.ts';
import { type EditedJson, editedJson, jsonText } from '../view-models/edited-json.ts';
import { ConsolePart, define } from './console-part.ts';
import { icon } from './icons.ts';
import { look } from './look.css.ts';

const isWrong = ({ state }: EditedJson) => state === 'invalid' || state === 'inexact';

/** The data of an event as text that can be changed. Tells `psc-edited` what the text is now. */
export class EventEditor extends ConsolePart {
  static override properties = {
    ...ConsolePart.properties,
    data: { attribute: false },
    from: { attribute: false },
    text: { state: true },
    readOnly: { type: Boolean },
  };
  static override styles = [
    look,
    css`
      textarea {
        display: block;
        width: 100%;
        min-height: 120px;
        height: 240px;
        resize: vertical;
        font-family: var(--red-ui-monospace-font);
        font-size: 12px;
        line-height: 1.4;
        white-space: pre;
        tab-size: 2;
      }
      textarea[aria-invalid='true'] {
        border-color: var(--red-ui-form-input-border-error-color);
      }
      .below {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 12px;
        align-items: center;
        justify-content: space-between;
        margin-top: 6px;
      }
    `,
  ];
  declare data: Json;
  /** as it is when the editor begins; absent = as it came */
  declare from: Json | undefined;
  declare readOnly: boolean;
  declare private text: string | undefined;

  override render() {
    const text = this.text ?? jsonText(this.from ?? this.data);
    const edited = editedJson(text, this.data);
    return html` <textarea
        spellcheck="false"
        wrap="off"
        data-testid="psc-event-json"
        aria-label=${this.words('event.data')}
        aria-invalid=${String(isWrong(edited))}
        aria-describedby="state"
        ?readonly=${this.readOnly}
        .value=${text}
        @input=${(event: InputEvent) => this.change((event.target as HTMLTextAreaElement).value)}
      ></textarea>
      <div class="below">
        <span
          id="state"
          role="status"
          data-testid="psc-event-state"
          data-state=${edited.state}
          class=${isWrong(edited) ? 'bad toned wrap' : 'quiet'}
          >${this.said(edited)}</span
        >
        ${this.readOnly ? nothing : this.tools(edited)}
      </div>`;
  }

  private tools(edited: EditedJson) {
    return html`<span class="actions">
      ${this.host.editJson ? html`<button class="action" data-testid="psc-event-open-editor" @click=${this.openEditor}>${icon('edit')}${this.words('event.openEditor')}</button>` : nothing}
      ${edited.state === 'unchanged' ? nothing : html`<button class="action" data-testid="psc-event-reset" @click=${() => this.change(jsonText(this.data))}>${this.words('event.reset')}</button>`}
    </span>`;
  }

  private said(edited: EditedJson): string {
    if (edited.state === 'invalid') return this.words('event.invalid', { reason: edited.reason });
    if (edited.state === 'inexact') return this.words('event.inexact', { number: edited.number });
    if (edited.state === 'changed') return this.words('event.changed');
    return this.words('event.unchanged');
  }

  private change(text: string): void {
    this.text = text;
    this.tell('psc-edited', editedJson(text, this.data));
  }

  private async openEditor(): Promise<void> {
    const text = await this.host.editJson?.(this.text ?? jsonText(this.from ?? this.data));
    if (text !== undefined) this.change(text);
  }
}

define('psc-event-editor', EventEditor);
