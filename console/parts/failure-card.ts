import { css, html, nothing } from 'lit';
import type { FailureDetails } from '../answers.ts';
import { issueCount } from '../view-models/first-of.ts';
import { ConsolePart, define } from './console-part.ts';
import { icon } from './icons.ts';
import { look } from './look.css.ts';
import { outside } from './outside.ts';

/** One failure as an analyst needs it: what, where, which value, what to do, and everything else that is wrong. */
export class FailureCard extends ConsolePart {
  static override properties = { ...ConsolePart.properties, failure: { attribute: false }, node: {} };
  static override styles = [
    look,
    css`
      .card {
        border-left: 3px solid var(--red-ui-text-color-error);
        display: grid;
        gap: 8px;
      }
      .message {
        font-weight: 500;
        overflow-wrap: anywhere;
      }
      .remedy {
        display: flex;
        gap: 7px;
        align-items: flex-start;
        overflow-wrap: anywhere;
      }
      .remedy .icon {
        margin-top: 3px;
        color: var(--red-ui-text-color-success);
      }
      .issues {
        display: grid;
        gap: 8px;
      }
      .issues li {
        padding-left: 10px;
        border-left: 2px solid var(--red-ui-primary-border-color);
        overflow-wrap: anywhere;
      }
      .issues .quiet {
        font-size: 12px;
      }
    `,
  ];
  declare failure: FailureDetails;
  declare node: string | undefined;

  override render() {
    const { failure } = this;
    const { message, remedy } = this.sentence(failure);
    const facts: [string, unknown][] = [
      ['field', failure.field],
      ['value', failure.value],
      ['record', failure.record && this.told(failure.record, failure.recordWords)],
      ['system', failure.system],
    ];
    const issues = failure.issues ?? [];
    return html`<div class="card" data-testid="psc-failure" data-code=${failure.code}>
      <p class="message" data-testid="psc-failure-message">${outside(message)}</p>
      ${
        remedy
          ? html`<p class="remedy" data-testid="psc-failure-remedy">
              ${icon('check')}<span><b>${this.words('failure.remedy')}</b> ${outside(remedy)}</span>
            </p>`
          : nothing
      }
      <dl class="facts">
        ${facts.map(([name, value]) =>
          value
            ? html`<dt>${this.words(`failure.${name}`)}</dt>
                <dd class=${name === 'field' || name === 'value' ? 'code' : ''}>${outside(String(value))}</dd>`
            : nothing,
        )}
        <dt>${this.words('failure.cause')}</dt>
        <dd>${this.causeName(failure.class)} · <span class="code">${outside(failure.code)}</span></dd>
        ${
          this.node
            ? html`<dt>${this.words('failure.node')}</dt>
                <dd><psc-node .host=${this.host} .node=${this.node}></psc-node></dd>`
            : nothing
        }
      </dl>
      ${issues.length > 1 ? this.allIssues(issues) : nothing}
    </div>`;
  }

  private allIssues(issues: NonNullable<FailureDetails['issues']>) {
    return html`<div>
      <h4>${this.counted('failure.issues', issueCount(issues))}</h4>
      <ol class="issues">
        ${issues.map((issue) => {
          const { message, remedy } = this.sentence(issue);
          return html`<li>
            <div>${outside(message)}${issue.value ? html` <code>${outside(issue.value)}</code>` : nothing}</div>
            <div class="quiet">${issue.field ? html`<code>${outside(issue.field)}</code> · ` : nothing}${outside(remedy)}</div>
          </li>`;
        })}
      </ol>
    </div>`;
  }

  private causeName(name: string): string {
    return this.words(`class.${name.replace('.', '-')}`);
  }
}

define('psc-failure', FailureCard);
