import { html, nothing, type TemplateResult } from 'lit';
import { ApiTrouble } from '../json-client.ts';
import { ConsolePart } from './console-part.ts';
import './notice.ts';
import { troubleText } from '../view-models/trouble-text.ts';

/** A part that shows what the admin API has, and asks again whenever the console refreshes. What was shown stays while it cannot ask. */
export abstract class LivePart extends ConsolePart {
  static override properties: Record<string, object> = {
    ...ConsolePart.properties,
    trouble: { state: true },
    loaded: { state: true },
  };
  declare protected trouble: unknown;
  declare protected loaded: boolean;
  private turn = 0;
  private stop: (() => void) | undefined;

  constructor() {
    super();
    this.loaded = false;
  }

  /** Asks, and answers what takes over the answer: it is not called when a newer question was asked in the meantime. */
  protected abstract load(): Promise<() => void>;

  override connectedCallback(): void {
    super.connectedCallback();
    this.stop = this.host.refresh.subscribe(() => this.reload());
    // out of sight it is asked for as soon as it comes into view
    if (this.host.refresh.isVisible) void this.reload();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    this.turn++;
  }

  async reload(): Promise<void> {
    const mine = ++this.turn;
    try {
      const take = await this.load();
      if (mine !== this.turn) return;
      take();
      this.trouble = undefined;
    } catch (error) {
      if (mine !== this.turn) return;
      this.trouble = error;
    }
    this.loaded = true;
    this.requestUpdate();
  }

  /** Why there is nothing (new) to see, if so. */
  protected troubleNotice(): TemplateResult | typeof nothing {
    if (!this.trouble) return nothing;
    return html`<psc-notice tone="bad" data-testid="psc-trouble" .text=${troubleText(this.host, this.trouble)}>
      ${signIn(this.trouble, this.host.signInAddress) ? html`<a href=${this.host.signInAddress ?? ''}>${this.words('signIn')}</a>` : nothing}
    </psc-notice>`;
  }
}

function signIn(trouble: unknown, address: string | undefined): boolean {
  return address !== undefined && trouble instanceof ApiTrouble && trouble.status === 401;
}
