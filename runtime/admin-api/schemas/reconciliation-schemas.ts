import { anyOf, type Fields, listOf, moment, named, object, oneOf, orNull, tableOf, text, wholeNumber } from '../schema.ts';

const differenceKinds = [
  ...['person-differs', 'project-differs', 'task-differs', 'entity-differs', 'date-differs', 'minutes-differ', 'billable-differs'],
  ...['currency-differs', 'rate-differs', 'rate-missing-in-psa', 'rate-missing-in-erp'],
  ...['amount-differs', 'amount-missing-in-psa', 'amount-missing-in-erp'],
  ...['reimbursable-differs', 'receipt-differs', 'tax-differs', 'tax-missing-in-psa', 'tax-missing-in-erp'],
];
const breakKinds = [
  ...['missing-in-erp', 'missing-in-psa', 'twice-in-psa', 'twice-in-erp', 'unreadable-in-psa', 'unreadable-in-erp'],
  ...differenceKinds,
];

export const reconciliationSchemas: Fields = {
  Difference: object({
    kind: oneOf(differenceKinds),
    psa: orNull(text()),
    erp: orNull(text()),
    message: text(),
  }),
  Break: object(
    { kind: oneOf(breakKinds, 'of several differences the first'), key: text('business id of the record'), message: text() },
    {
      unreadable: object({ id: text(), field: text() }, { key: text(), value: text() }, 'the row that cannot be read'),
      psa: anyOf('TimeFact', 'ExpenseFact'),
      erp: anyOf('TimeFact', 'ExpenseFact'),
      differences: listOf(named('Difference')),
      explained: object({ run: text(), status: text(), message: text() }, { words: named('Words') }, 'the run that was parked for it'),
    },
    'What differs of one record between the two sides.',
  ),
  ControlTotals: object(
    {
      entries: wholeNumber(),
      amounts: tableOf(tableOf(text()), 'by legal entity (- where it is not known), then currency'),
      withoutAmount: wholeNumber(),
      hashTotal: text('changes when a line is swapped for another of equal amount'),
    },
    { minutes: wholeNumber('of time; expenses have none') },
  ),
  Reconciliation: object(
    {
      window: object({ from: text(), to: text() }),
      psa: named('ControlTotals'),
      erp: named('ControlTotals'),
      matched: wholeNumber(),
      breaks: listOf(named('Break')),
    },
    {
      notCompared: tableOf(wholeNumber(), 'by field: entries that a side does not tell it of'),
      breaksLeftOut: object(
        { breaks: wholeNumber(), unexplained: wholeNumber('of these, how many no run explains') },
        {},
        'so many more there are; GET /reconciliations/:id/breaks has all',
      ),
      breaksForgotten: wholeNumber('so many there were, before the retention period was over'),
    },
  ),
  ReconciliationRow: object({ id: text(), at: moment(), node: text(), subject: text('time or expenses'), result: named('Reconciliation') }),
  Breaks: object(
    { breaks: listOf(named('Break')) },
    {
      reconciliation: text('id; absent = none was made yet'),
      at: moment(),
      subject: text('time or expenses'),
      leftOut: wholeNumber('so many more there are'),
      forgotten: wholeNumber('so many there were: they are kept no longer'),
    },
  ),
};
