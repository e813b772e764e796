/** Files that still have English sentences of failures in them, instead of words in `locales/<language>/failures/`. No file is added. */
export const notYetInWords: readonly string[] = [
  'connectors/kantata/connector.ts',
  'connectors/kantata/errors.ts',
  'connectors/kantata/errors/error-table.ts',
  'connectors/kantata/settings.ts',
  'connectors/kantata/staffing-request.ts',
  'connectors/kantata/staffing-request/catalog.ts',
  'connectors/kantata/undo.ts',
  'connectors/kantata/wire.ts',
  'connectors/kantata/wire/envelope.ts',
  'model/cloud-event.ts',
  'nodes/data/reconcile/time-reconciliation.ts',
  'nodes/run/compensate/undo-by-branch.ts',
];
