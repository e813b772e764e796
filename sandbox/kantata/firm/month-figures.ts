import { saidOf } from '../../firm/month/amendment-books.ts';
import { toDecimal } from '../../firm/minor-units.ts';
import type { Figures } from '../../firm/month/figures.ts';
import type { KantataState, Row } from '../state.ts';

/** What the PSA shows of the month, read from its own rows. */
export function monthFigures(state: KantataState): Figures {
  return { ...shownInvoices(state), ...contracts(state) };
}

const rowsOf = ({ rows }: KantataState, collection: string): Row[] => Object.values(rows[collection] ?? {});

/** The invoice that a project shows, as delivery reads it. */
function shownInvoices(state: KantataState): Figures {
  const fields = new Map(rowsOf(state, 'custom_fields').map((field) => [field.id, String(field['name'])]));
  const codes = codesOf(state, 'Workspace', 'project');
  const bySubject = Map.groupBy(rowsOf(state, 'custom_field_values'), (row) => String(row['subject_id']));
  return Object.fromEntries(
    [...bySubject].flatMap(([workspace, values]) => {
      const value = (name: string) => String(values.find((row) => fields.get(String(row['custom_field_id'])) === name)?.['value'] ?? '');
      const code = codes.get(workspace) ?? workspace;
      return [
        [`invoice that delivery sees of ${code}`, `${value('Invoice number')} ${value('Invoice status')}, open ${value('Invoice open')}`],
        [`revenue that delivery sees of ${code}`, value('Project revenue')],
      ];
    }),
  );
}

/** By the id of what they name. */
function codesOf(state: KantataState, subject: string, model: string): Map<string, string> {
  return new Map(
    rowsOf(state, 'external_references')
      .filter((row) => row['subject_type'] === subject && row['service_model'] === model)
      .map((row) => [String(row['subject_id']), String(row['service_model_ref'])]),
  );
}

function contracts(state: KantataState): Figures {
  const [projects, tasks] = [codesOf(state, 'Workspace', 'project'), codesOf(state, 'Story', 'task')];
  const stories = rowsOf(state, 'stories');
  return Object.fromEntries(
    rowsOf(state, 'workspaces').map((workspace) => {
      const phases = stories
        .filter((story) => String(story['workspace_id']) === workspace.id && story['story_type'] === 'deliverable')
        .map((story) => ({
          code: String(tasks.get(story.id) ?? story['title'])
            .split('/')
            .at(-1) as string,
          start: String(story['start_date']),
          end: String(story['due_date']),
          over: story['archived'] === true,
          budget: toDecimal(Number(story['budget_estimate_in_cents']), String(workspace['currency'])),
        }));
      const said = saidOf({
        start: String(workspace['start_date']),
        end: String(workspace['due_date']),
        amendment: /^Amendment (\d+),/m.exec(String(workspace['description'] ?? ''))?.[1],
        phases,
      });
      return [`contract in the PSA of ${projects.get(workspace.id) ?? workspace.id}`, said];
    }),
  );
}
