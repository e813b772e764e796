import type { Figures } from '../../firm/month/figures.ts';
import type { KantataState, Row } from '../state.ts';

/** What the PSA shows of the month, read from its own rows. */
export function monthFigures(state: KantataState): Figures {
  return shownInvoices(state);
}

const rowsOf = ({ rows }: KantataState, collection: string): Row[] => Object.values(rows[collection] ?? {});

/** The invoice that a project shows, as delivery reads it. */
function shownInvoices(state: KantataState): Figures {
  const fields = new Map(rowsOf(state, 'custom_fields').map((field) => [field.id, String(field['name'])]));
  const codes = new Map(
    rowsOf(state, 'external_references')
      .filter((row) => row['subject_type'] === 'Workspace' && row['service_model'] === 'project')
      .map((row) => [String(row['subject_id']), String(row['service_model_ref'])]),
  );
  const bySubject = Map.groupBy(rowsOf(state, 'custom_field_values'), (row) => String(row['subject_id']));
  return Object.fromEntries(
    [...bySubject].map(([workspace, values]) => {
      const value = (name: string) => String(values.find((row) => fields.get(String(row['custom_field_id'])) === name)?.['value'] ?? '');
      return [
        `invoice that delivery sees of ${codes.get(workspace) ?? workspace}`,
        `${value('Invoice number')} ${value('Invoice status')}, open ${value('Invoice open')}`,
      ];
    }),
  );
}
