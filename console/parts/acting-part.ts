import { html, nothing, type TemplateResult } from 'lit';
import { ConsolePart } from './console-part.ts';
import './notice.ts';
import type { Right } from '../rights.ts';
import { troubleText } from '../views/trouble-text.ts';

/** A part with buttons that do something: it is busy meanwhile, and says afterwards what happened. */
export abstract class ActingPart extends ConsolePart {
  static override properties: Record<string, object> = { ...ConsolePart.properties, acting: { state: true }, said: { state: true } };
  declare protected acting: boolean;
  declare private said: { tone: 'good' | 'bad'; text: string } | undefined;

  private stopWatching: (() => void) | undefined;

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

  /** Does it, says the text it answers or what went wrong, and has everything asked anew. */
  protected async act(what: () => Promise<string>): Promise<void> {
    if (this.acting) return;
    this.acting = true;
    this.said = undefined;
    try {
      this.said = { tone: 'good', text: await what() };
    } catch (error) {
      this.said = { tone: 'bad', text: troubleText(this.host.words, error) };
    } finally {
      this.acting = false;
    }
    await this.host.refresh.now();
  }

  protected clearOutcome(): void {
    this.said = undefined;
  }

  protected outcome(): TemplateResult | typeof nothing {
    return this.said
      ? html`<psc-notice
          data-testid="psc-outcome"
          data-tone=${this.said.tone}
          .tone=${this.said.tone}
          .text=${this.said.text}
        ></psc-notice>`
      : nothing;
  }
}
