import { html, nothing } from 'lit';
import type { RunAbout } from '../answers.ts';
import type { Words } from '../words.ts';
import { outside } from './outside.ts';

/** What a run is called: its business id and the client, or what it reconciles. */
export function runTitle(words: Words, subject: string, { client, reconciles }: RunAbout = {}) {
  if (reconciles !== undefined) return html`${words('run.reconciliation')} <span class="client quiet">${outside(reconciles)}</span>`;
  return html`${outside(subject)}${client === undefined ? nothing : html` <span class="client quiet">${outside(client)}</span>`}`;
}
