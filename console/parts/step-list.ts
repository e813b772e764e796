import { css, html, nothing } from 'lit';
import type { Effect, RunStatus } from '../answers.ts';
import { leftOutIn } from '../view-models/left-out.ts';
import { stepLook } from '../view-models/look.ts';
import { inOrder, stepState } from '../view-models/step-state.ts';
import { ConsolePart, define } from './console-part.ts';
import { icon } from './icons.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

/** The writes of a run in order: what, where, and what became of each. */
export class StepList extends ConsolePart {
  static override properties = { ...ConsolePart.properties, effects: { attribute: false }, status: {}, sent: { state: true } };
  static override styles = [
    look,
    css`
      li {
        display: grid;
        grid-template-columns: 18px 1fr auto;
        gap: 0 6px;
        padding: 5px 0;
        border-bottom: 1px solid var(--red-ui-secondary-border-color);
      }
      li:last-child {
        border-bottom: 0;
      }
      .sign {
        color: var(--tone);
        padding-top: 1px;
      }
      .title {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .state {
        font-size: 12px;
      }
      .more {
        grid-column: 2 / -1;
        font-size: 12px;
        overflow-wrap: anywhere;
        display: flex;
        flex-wrap: wrap;
        gap: 2px 8px;
        align-items: center;
      }
      details.more {
        display: block;
      }
      pre {
        max-height: 300px;
        margin: 4px 0;
        overflow: auto;
        white-space: pre-wrap;
      }
      @container (max-width: 380px) {
        li {
          grid-template-columns: 18px 1fr;
        }
        .state {
          grid-column: 2;
        }
      }
    `,
  ];
  declare effects: Effect[];
  declare status: RunStatus;
  /** key of the write whose request is looked at */
  declare private sent: string | undefined;

  override render() {
    if (this.effects.length === 0) return html`<p class="quiet" data-testid="psc-no-steps">${this.words('step.none')}</p>`;
    return html`<ol data-testid="psc-steps">
      ${inOrder(this.effects).map((effect) => this.step(effect))}
    </ol>`;
  }

  /** The record's id, leading to the system's own page where that is known. */
  private record({ link, system }: Effect, text: string) {
    if (!link?.startsWith('https://')) return text;
    return html`<a
      href=${link}
      target="_blank"
      rel="noopener noreferrer"
      title=${this.words('step.opens', { system })}
      data-testid="psc-record"
      >${text}</a
    >`;
  }

  /** When it was first asked for, and how long that took in all, with what was tried again. */
  private when({ intendedAt, finishedAt }: Effect) {
    const { formats } = this.host;
    return html`<time datetime=${new Date(intendedAt).toISOString()} data-testid="psc-step-time"
      >${formats.instant(intendedAt)}${finishedAt === undefined ? nothing : html` · ${formats.elapsed(finishedAt - intendedAt)}`}</time
    >`;
  }

  private request({ key, request }: Effect) {
    const isOpen = this.sent === key;
    const name = this.words('step.sent');
    return html`<details class="more" ?open=${isOpen} data-testid="psc-step-sent" @toggle=${(event: Event) => this.follow(key, event)}>
      <summary class="quiet">${name}</summary>
      ${isOpen ? html`<pre tabindex="0" aria-label=${name}>${outside(JSON.stringify(request, null, 2))}</pre>` : nothing}
    </details>`;
  }

  private follow(key: string, { target }: Event): void {
    if ((target as HTMLDetailsElement).open) this.sent = key;
    else if (this.sent === key) this.sent = undefined;
  }

  private step(effect: Effect) {
    const state = stepState(effect, this.status);
    const { tone, icon: sign } = stepLook[state];
    const id = idIn(effect.result);
    return html`<li class=${tone} data-testid="psc-step" data-state=${state}>
      <span class="sign">${icon(sign)}</span>
      <span class="title">${outside(this.told(effect.title, effect.titleWords))}</span>
      <span class="state">${this.words(`step.state.${state}`)}</span>
      <span class="more quiet">
        <span>${outside(effect.system)}${id ? html` · ${this.record(effect, this.words('step.id', { id }))}` : nothing}</span>
        ${effect.attempts > 1 ? html`<span>${this.counted('run.attempts', effect.attempts)}</span>` : nothing} ${this.when(effect)}
        <psc-node .host=${this.host} .node=${effect.node}></psc-node>
      </span>
      ${effect.failure && state !== 'done' && state !== 'found' ? html`<span class="more toned">${outside(this.sentence(effect.failure).message)}</span>` : nothing}
      ${effect.request === null ? nothing : this.request(effect)}
      ${leftOutIn(effect.result).map(
        ({ field, value = '', message, words }) =>
          html`<span class="more" data-testid="psc-left-out">
            <span>${this.words('step.leftOut')} ${outside(field)} <q>${outside(value)}</q></span>
            <span>${outside(this.told(message, words))}</span>
          </span>`,
      )}
    </li>`;
  }
}

function idIn(result: Effect['result']): string | undefined {
  const id = typeof result === 'object' && result !== null && !Array.isArray(result) ? result['id'] : undefined;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

define('psc-steps', StepList);
