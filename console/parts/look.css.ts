import { css } from 'lit';

/**
 * What all parts share. Only Node-RED's own variables, so that the light, dark and custom themes of the editor hold here
 * too (editor-client, sass/variables.scss). Tones: `--tone` is set by a class and used for text, sign and border.
 * The theme's own link colour is red on a dark screen, as its errors are: what moves and what leads elsewhere is blue,
 * mixed with the text's colour so that it can be read on both.
 */
export const look = css`
  :host {
    display: block;
    box-sizing: border-box;
    min-width: 0;
    font-family: var(--red-ui-primary-font);
    font-size: 13px;
    line-height: 1.45;
    color: var(--red-ui-primary-text-color);
  }
  :host {
    --psc-blue: color-mix(in srgb, var(--red-ui-node-status-colors-blue) 55%, var(--red-ui-primary-text-color));
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  [hidden] {
    display: none !important;
  }
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 15px;
    font-weight: 600;
    line-height: 1.3;
    overflow-wrap: anywhere;
  }
  h3 {
    font-size: 13px;
    font-weight: 600;
    margin: 16px 0 6px;
  }
  h3 .quiet,
  h4 .quiet {
    font-weight: 400;
  }
  .icon {
    width: 1em;
    height: 1em;
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.8;
    stroke-linecap: round;
    stroke-linejoin: round;
    vertical-align: -0.125em;
  }
  .good {
    --tone: var(--red-ui-text-color-success);
  }
  .bad {
    --tone: var(--red-ui-text-color-error);
  }
  .warn {
    --tone: var(--red-ui-text-color-warning);
  }
  .busy {
    --tone: var(--psc-blue);
  }
  .quiet {
    --tone: var(--red-ui-secondary-text-color);
    color: var(--red-ui-secondary-text-color);
  }
  .toned {
    color: var(--tone);
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    color: var(--tone);
    white-space: nowrap;
    font-weight: 500;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .wrap {
    overflow-wrap: anywhere;
  }
  code,
  pre,
  .code {
    font-family: var(--red-ui-monospace-font);
    font-size: 12px;
  }
  button,
  select,
  input,
  textarea {
    font: inherit;
    color: var(--red-ui-form-text-color);
  }
  :where(button.plain) {
    appearance: none;
    border: 0;
    background: none;
    padding: 0;
    margin: 0;
    text-align: left;
    color: inherit;
    cursor: pointer;
  }
  button.link,
  a {
    color: var(--psc-blue);
    text-decoration: none;
    cursor: pointer;
  }
  a.chip {
    color: inherit;
  }
  button.link:hover,
  a:hover {
    text-decoration: underline;
  }
  .action {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-height: 30px;
    padding: 3px 12px;
    border: 1px solid var(--red-ui-form-input-border-color);
    border-radius: 4px;
    background: var(--red-ui-form-button-background);
    cursor: pointer;
  }
  .action:hover:not(:disabled) {
    border-color: var(--red-ui-secondary-text-color);
  }
  .action.primary {
    background: var(--red-ui-workspace-button-background-primary);
    border-color: var(--red-ui-workspace-button-background-primary);
    color: var(--red-ui-workspace-button-color-primary);
  }
  .action.primary:hover {
    background: var(--red-ui-workspace-button-background-primary-hover);
  }
  .action:disabled,
  .action.primary:disabled {
    cursor: not-allowed;
    border-style: dashed;
    border-color: var(--red-ui-form-input-border-color);
    background: none;
    color: var(--red-ui-form-text-color-disabled);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
  }
  input[type='text'],
  input[type='search'],
  input[type='number'],
  input[type='date'],
  select,
  textarea {
    min-width: 0;
    border: 1px solid var(--red-ui-form-input-border-color);
    border-radius: 4px;
    background: var(--red-ui-form-input-background);
    padding: 4px 8px;
    min-height: 30px;
  }
  ::placeholder {
    color: var(--red-ui-form-placeholder-color);
    opacity: 1;
  }
  input[type='checkbox'] {
    margin: 0;
    width: 15px;
    height: 15px;
    flex: none;
    accent-color: var(--red-ui-workspace-button-background-primary);
  }
  :focus-visible {
    outline: 2px solid var(--red-ui-form-input-focus-color);
    outline-offset: 1px;
  }
  .card {
    border: 1px solid var(--red-ui-primary-border-color);
    border-radius: 6px;
    background: var(--red-ui-secondary-background);
    padding: 10px 12px;
  }
  .facts {
    display: grid;
    grid-template-columns: minmax(70px, max-content) 1fr;
    gap: 2px 12px;
  }
  .facts dt {
    color: var(--red-ui-secondary-text-color);
  }
  .facts dd {
    overflow-wrap: anywhere;
    min-width: 0;
  }
  .nothing {
    padding: 24px 12px;
    text-align: center;
    color: var(--red-ui-secondary-text-color);
  }
  .hidden-text {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  details > summary {
    cursor: pointer;
  }
`;
