import { html, nothing, type TemplateResult } from 'lit';
import { ConsolePart } from './console-part.ts';
import './notice.ts';
import type { Right } from '../rights.ts';
import { troubleText } from '../view-models/trouble-text.ts';

/** A part with buttons that do something: it is busy meanwhile, and says afterwards what happened. */
export abstract class ActingPart extends ConsolePart {
  static override properties: Record<string, object> = { ...ConsolePart.properties, acting: { state: true }, said: { state: true } };
  declare protected acting: boolean;
  declare private said: { tone: 'good' | 'bad'; text: string } | undefined;

  private stopWatching: (() => void) | undefined;
  private opener: string | undefined;

  constructor() {
    super();
    this.acting = false;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.stopWatching = this.host.rights.onChange(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stopWatching?.();
  }

  /** Why the person may not do this, for the title of a button that is not offered; undefined = she may. */
  protected lacking(...rights: Right[]): string | undefined {
    const lacks = rights.filter((right) => !this.host.rights.has(right)).map((right) => `ps-connect.${right}`);
    return lacks.length > 0 ? this.words('trouble.lacking', { permission: lacks.join(', ') }) : undefined;
  }

  /** Does it, says what has come of it, and has everything asked anew. */
  protected async act(what: () => Promise<string>): Promise<void> {
    if (this.acting) return;
    await this.attempt(what);
    await this.host.refresh.lively();
  }

  /** Does it, and says the text that it answers (an empty one: nothing) or what went wrong; by itself where nothing is another afterwards. */
  protected async attempt(what: () => Promise<string>): Promise<void> {
    this.acting = true;
    this.said = undefined;
    try {
      const said = await what();
      if (said !== '') this.say('good', said);
    } catch (error) {
      this.say('bad', troubleText(this.host, error));
    } finally {
      this.acting = false;
    }
    this.keepFocus();
  }

  /** Says what has come of it. */
  protected say(tone: 'good' | 'bad', text: string): void {
    this.said = { tone, text };
  }

  /** A button that is gone or cannot be pressed loses the keyboard: it goes on at what is said, not at the top of the page. */
  private keepFocus(): void {
    void this.updateComplete.then(() => {
      if (this.isConnected && !focusIn(document)) this.renderRoot.querySelector<HTMLElement>('psc-notice')?.focus();
    });
  }

  /** A question takes the place of the button that asks it; left without an answer, the keyboard is at that button again. */
  protected keepOpener(asks: boolean): void {
    const at = (this.renderRoot as ShadowRoot).activeElement?.getAttribute('data-testid') ?? undefined;
    if (asks) this.opener = at;
    else if (this.opener !== undefined) {
      const back = this.opener;
      this.requestUpdate(); // the question goes with it
      void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(`[data-testid="${back}"]`)?.focus());
    }
  }

  protected clearOutcome(): void {
    this.said = undefined;
  }

  protected outcome(): TemplateResult | typeof nothing {
    return this.said
      ? html`<psc-notice
          data-testid="psc-outcome"
          tabindex="-1"
          data-tone=${this.said.tone}
          .tone=${this.said.tone}
          .text=${this.said.text}
        ></psc-notice>`
      : nothing;
  }
}

/** What has the keyboard, shadow trees included; nothing when it is the page itself. */
function focusIn(root: DocumentOrShadowRoot): Element | undefined {
  const at = root.activeElement;
  if (!at || at === document.body) return undefined;
  return at.shadowRoot ? (focusIn(at.shadowRoot) ?? (at.matches(':focus') ? at : undefined)) : at;
}
