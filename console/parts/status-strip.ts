import { css, html, nothing } from 'lit';
import { wholeSentence } from '../../model/failure-sentence.ts';
import type { Overview, RunStatus } from '../answers.ts';
import { runLook } from '../view-models/look.ts';
import { define } from './console-part.ts';
import { icon } from './icons.ts';
import { LivePart } from './live-part.ts';
import { look } from './look.css.ts';

/** What an analyst looks at first, in the order of urgency. Runs that wait for their turn count as waiting. */
const figures: { name: RunStatus; of: RunStatus[] }[] = [
  { name: 'running', of: ['running'] },
  { name: 'waiting', of: ['ready', 'waiting'] },
  { name: 'dead', of: ['dead'] },
  { name: 'done', of: ['done'] },
];

/** Whether runs are delivered, what is wrong if they are not, and how many there are. A figure leads to its runs. */
export class StatusStrip extends LivePart {
  static override properties = { ...LivePart.properties, overview: { state: true } };
  static override styles = [
    look,
    css`
      .strip {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 16px;
        align-items: center;
        padding: 8px 12px;
      }
      .instances {
        color: var(--red-ui-secondary-text-color);
      }
      .figures {
        margin-left: auto;
        display: flex;
        flex-wrap: wrap;
        gap: 2px 4px;
      }
      .figure {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        padding: 2px 7px;
        border-radius: 4px;
        color: var(--red-ui-secondary-text-color);
      }
      .figure:hover {
        background: var(--red-ui-secondary-background-hover);
      }
      .figure.some {
        color: var(--tone);
      }
      .figure b {
        font-weight: 600;
        font-variant-numeric: tabular-nums;
      }
      @container (max-width: 419px) {
        .strip {
          padding: 6px 10px;
          gap: 4px 8px;
          flex-wrap: nowrap;
        }
        .figures {
          flex-wrap: nowrap;
        }
        .instances {
          display: none;
        }
        .figure {
          padding: 2px 4px;
          gap: 3px;
        }
        .figure span {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
      }
      @container (max-width: 239px) {
        .strip {
          flex-wrap: wrap;
        }
      }
      .trouble {
        padding: 0 12px 8px;
        display: grid;
        gap: 6px;
      }
    `,
  ];
  declare private overview: Overview | undefined;

  protected override async load(): Promise<() => void> {
    const overview = await this.host.api.get('overview');
    return () => {
      this.overview = overview;
      this.host.rights.take(overview);
      this.host.refresh.setAlone(overview.instances === 1);
      this.tell('psc-overview', overview);
    };
  }

  override render() {
    const { overview } = this;
    const ready = overview?.ready === true && !this.trouble;
    return html`
      <div class="strip" data-testid="psc-status" data-ready=${String(ready)}>
        <span class="ready state ${ready ? 'good' : this.loaded ? 'bad' : 'quiet'}" role="status">
          ${icon(ready ? 'check' : this.loaded ? 'warning' : 'clock')}
          ${this.words(ready ? 'status.ready' : this.loaded ? 'status.notReady' : 'loading')}
        </span>
        ${ready && overview.instances > 1 ? html`<span class="instances" data-testid="psc-instances">${this.words('status.instances', { n: this.host.formats.number(overview.instances) })}</span>` : nothing}
        ${overview?.runs ? html`<span class="figures">${figures.map((figure) => this.figure(figure, overview.runs!))}</span>` : nothing}
      </div>
      ${this.why()}${this.notices()}
    `;
  }

  private why() {
    if (this.trouble) return html`<div class="trouble">${this.troubleNotice()}</div>`;
    const trouble = this.overview?.trouble;
    if (trouble) {
      return html`<div class="trouble">
        <psc-notice tone="bad" data-testid="psc-not-ready" .text=${wholeSentence(trouble, this.host.failures)}></psc-notice>
      </div>`;
    }
    if (this.overview && !this.overview.ready) {
      return html`<div class="trouble">
        <psc-notice tone="warn" data-testid="psc-not-ready" .text=${this.words('status.flowsStopped')}></psc-notice>
      </div>`;
    }
    return nothing;
  }

  /** What is wrong with the machine and stops nothing. */
  private notices() {
    const { overview } = this;
    if (!overview?.notices?.length || this.trouble) return nothing;
    return html`<div class="trouble">
      ${overview.notices.map((notice) => html`<psc-notice tone="warn" data-testid="psc-machine-notice" .text=${wholeSentence(notice, this.host.failures)}></psc-notice>`)}
    </div>`;
  }

  private figure({ name, of }: (typeof figures)[number], runs: Record<RunStatus, number>) {
    const count = of.reduce((sum, status) => sum + runs[status], 0);
    const { tone, icon: sign } = runLook[name];
    return html`<button
      class="plain figure ${tone} ${count > 0 ? 'some' : ''}"
      data-testid="psc-count-${name}"
      title=${this.words(`run.status.${name}`)}
      @click=${() => this.tell('psc-show-runs', { status: of, dead: name === 'dead' })}
    >
      ${icon(sign)}<b>${this.host.formats.number(count)}</b><span>${this.words(`run.status.${name}`)}</span>
    </button>`;
  }
}

define('psc-status-strip', StatusStrip);
