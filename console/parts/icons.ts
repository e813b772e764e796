import { html, svg, type TemplateResult } from 'lit';

/** Line drawings on a 16 × 16 grid; they take the colour of the text. */
const drawings = {
  check: svg`<path d="M3 8.5l3.5 3.5L13 4.5"/>`,
  cross: svg`<path d="M4 4l8 8M12 4l-8 8"/>`,
  clock: svg`<circle cx="8" cy="8" r="6"/><path d="M8 4.5V8l2.5 1.5"/>`,
  play: svg`<path d="M5 3.5l7.5 4.5L5 12.5z" fill="currentColor"/>`,
  ban: svg`<circle cx="8" cy="8" r="6"/><path d="M4 12l8-8"/>`,
  search: svg`<circle cx="7" cy="7" r="4.5"/><path d="M10.5 10.5L14 14"/>`,
  question: svg`<circle cx="8" cy="8" r="6.5"/><path d="M6 6.3a2 2 0 1 1 2.6 2c-.5.2-.6.5-.6 1M8 11.4v.3"/>`,
  warning: svg`<path d="M8 2l6.5 12h-13zM8 6.5v3.5M8 12v.3"/>`,
  back: svg`<path d="M10 3L5 8l5 5"/>`,
  open: svg`<path d="M6 3l5 5-5 5"/>`,
  down: svg`<path d="M3 6l5 5 5-5"/>`,
  target: svg`<circle cx="8" cy="8" r="4"/><path d="M8 1v4M8 11v4M1 8h4M11 8h4"/>`,
  edit: svg`<path d="M3 13l.8-3L11 2.8 13.2 5 6 12.2z"/>`,
} as const;

export type IconName = keyof typeof drawings;

/** Never alone: a word beside it, or an accessible name around it, says the same. */
export function icon(name: IconName): TemplateResult {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">${drawings[name]}</svg>`;
}
