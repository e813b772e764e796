import { css } from 'lit';

/** A `.row` that is opened by its `.open`, which covers all of it. */
export const openingRow = css`
  .row {
    position: relative;
  }
  /* a bar, not a ground: the colours of the states are read on white or black alone */
  .row:hover {
    box-shadow: inset 3px 0 var(--red-ui-primary-border-color);
  }
  .row.chosen {
    box-shadow: inset 3px 0 var(--psc-blue);
  }
  .open {
    font-weight: 600;
    overflow-wrap: anywhere;
    min-width: 0;
  }
  .client {
    font-weight: 400;
  }
  .open::after {
    content: '';
    position: absolute;
    inset: 0;
  }
  .open:focus-visible {
    outline: none;
  }
  .open:focus-visible::after {
    outline: 2px solid var(--red-ui-form-input-focus-color);
    outline-offset: -2px;
  }
`;
