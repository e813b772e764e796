import { html, type TemplateResult } from 'lit';
import type { Words } from '../words.ts';

/** Asks for the reason that the journal keeps with an act. */
export function reasonInput(
  words: Words,
  asked: { reason: string; testId: string; take: (reason: string) => void; wide?: boolean },
): TemplateResult {
  return html`<label class=${asked.wide ? 'wide' : ''}
    >${words('act.reason')}
    <input
      type="text"
      required
      maxlength="500"
      data-testid=${asked.testId}
      .value=${asked.reason}
      @input=${(event: InputEvent) => asked.take((event.target as HTMLInputElement).value)}
    />
  </label>`;
}
