import { Decimal } from 'decimal.js';

/** Decimals that are worked out without loss: two amounts of the 40 digits that a contract allows, multiplied, have at most 80. */
export const ExactDecimal = Decimal.clone({ precision: 120, defaults: true });
