import { html } from 'lit';
import type { RunStatus } from '../answers.ts';
import { runLook } from '../view-models/look.ts';
import { ConsolePart, define } from './console-part.ts';
import { icon } from './icons.ts';

/** Status of a run: colour, sign and word. */
export class RunStatusMark extends ConsolePart {
  static override properties = { ...ConsolePart.properties, status: {} };
  declare status: RunStatus;

  override render() {
    const { tone, icon: sign } = runLook[this.status];
    return html`<span class="state ${tone}" data-testid="psc-run-status" data-status=${this.status}
      >${icon(sign)}${this.words(`run.status.${this.status}`)}</span
    >`;
  }
}

define('psc-run-status', RunStatusMark);
