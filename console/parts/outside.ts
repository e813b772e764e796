import { html, type TemplateResult } from 'lit';
import { plainText } from '../../model/plain-text.ts';

/** A text from outside (a name, a subject, a message, a value), apart from what stands around it: it reorders nothing, and hides nothing. */
export function outside(text: string | undefined): TemplateResult {
  return html`<bdi>${plainText(text ?? '')}</bdi>`;
}
