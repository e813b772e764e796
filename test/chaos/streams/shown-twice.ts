import type { Sandbox } from '../../../sandbox/server.ts';

interface State {
  id: string;
  day: string;
  version: string;
  /** whatever else is shown of it */
  rest: string;
}

/** By the journals: states of invoices that were shown twice, and those that came over a newer one. */
export function shownTwice({ salesforce, kantata }: Sandbox, versionField: string): string[] {
  const deals = Map.groupBy(
    salesforce.journal.entries.flatMap(({ type, outcome, id = '', body }) => {
      const fields = (body ?? {}) as Record<string, unknown>;
      if (type !== 'Opportunity' || outcome !== 'updated' || typeof fields['Invoice_Id__c'] !== 'string') return [];
      const [day, version] = [String(fields['Invoice_Date__c']), String(fields['Invoice_Version__c'])];
      // figures of the project are of their moment: a run that is in doubt shows those of now (docs/decisions/0035)
      const rest = ['Invoice_Status__c', 'Invoice_Gross__c', 'Invoice_Open__c', 'Project_Revenue__c', 'Project_As_Of__c']
        .map((field) => String(fields[field]))
        .join(' ');
      return [{ deal: id, state: { id: fields['Invoice_Id__c'], day, version, rest } }];
    }),
    ({ deal }) => deal,
  );
  return [
    ...[...deals].flatMap(([deal, told]) =>
      wrong(
        `deal ${deal}`,
        told.map(({ state }) => state),
      ),
    ),
    ...versionsTwice({ kantata }, versionField),
  ];
}

function wrong(of: string, states: State[]): string[] {
  const seen = new Set<string>();
  return states.flatMap((state, at) => {
    const { id, day, version, rest } = state;
    const said = `${of}: ${id} of ${version}, ${rest}`;
    const before = states[at - 1];
    const isTwice = seen.has(said);
    seen.add(said);
    if (isTwice) return [`${said} was shown twice`];
    if (!before) return [];
    const isOlder = before.id === id ? before.version > version : `${before.day} ${number(before.id)}` > `${day} ${number(id)}`;
    return isOlder ? [`${said} came over ${before.id} of ${before.version}`] : [];
  });
}

/** Ids of the ERP grow. */
const number = (id: string) => id.replace(/\D/g, '').padStart(12, '0');

/** The version is a field of its own in the PSA, written last: each is written once. */
function versionsTwice({ kantata }: Pick<Sandbox, 'kantata'>, field: string): string[] {
  const rows = new Map(
    Object.values(kantata.state.rows['custom_field_values'] ?? {}).flatMap((row) =>
      row['custom_field_id'] === field ? [[String(row['id']), String(row['subject_id'])]] : [],
    ),
  );
  const last = new Map<string, string>();
  const found: string[] = [];
  for (const { type, outcome, id = '', body } of kantata.journal.entries) {
    const project = rows.get(id);
    const value = (body as { value?: unknown } | undefined)?.value;
    if (type !== 'custom_field_values' || project === undefined || (outcome !== 'created' && outcome !== 'updated')) continue;
    if (typeof value !== 'string' || value === '') last.delete(project);
    else if ((last.get(project) ?? '') >= value) found.push(`project ${project} was shown ${value} over ${last.get(project)}`);
    else last.set(project, value);
  }
  return found;
}
