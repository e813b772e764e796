import { css } from 'lit';

/** A list beside its details, with its search above it. */
export const searchedList = css`
  :host {
    display: flex;
    flex: 1;
    min-height: 0;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    padding: 8px 12px;
    border-bottom: 1px solid var(--red-ui-secondary-border-color);
  }
  .tools input {
    flex: 1 1 110px;
  }
  .notice {
    padding: 8px 12px;
  }
`;
