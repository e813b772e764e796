import type { SandboxAccess } from '../../sandbox/firm/sandbox-access.ts';
import type { JournalEntry } from '../../sandbox/journal.ts';

/** What the systems hold, counted from the outside: the simulators' own state and journals. */
export interface Books {
  erpProjects: number;
  erpTasks: number;
  erpTime: { entries: number; minutes: number; hundredths: number };
  psaProjects: number;
  psaDemands: number;
  provisioned: number;
  refused: number;
  /** business ids that a journal says were created more than once */
  writtenTwice: string[];
}

type Row = Record<string, unknown>;
interface NetSuiteRow {
  fields: { hours?: number; rate?: number; isBillable?: boolean };
}

export async function readBooks(access: SandboxAccess): Promise<Books> {
  const state = async <T>(url: string) => (await (await fetch(`${url}/__sandbox/state`)).json()) as T;
  const [crm, erp, psa, journals] = await Promise.all([
    state<{ records: Record<string, Record<string, Row>> }>(access.salesforce.url),
    state<{ records: Record<string, Record<string, NetSuiteRow>> }>(access.netsuite.url),
    state<{ rows: Record<string, Record<string, Row>> }>(access.kantata.url),
    Promise.all([access.salesforce.url, access.netsuite.url, access.kantata.url].map(readJournal)),
  ]);
  const timeBills = Object.values(erp.records['timeBill'] ?? {});
  const deals = Object.values(crm.records['Opportunity'] ?? {});
  return {
    erpProjects: Object.keys(erp.records['job'] ?? {}).length,
    erpTasks: Object.keys(erp.records['projectTask'] ?? {}).length,
    erpTime: {
      entries: timeBills.length,
      minutes: timeBills.reduce((sum, { fields }) => sum + (fields.hours ?? 0), 0),
      hundredths: timeBills.reduce(
        (sum, { fields }) => sum + (fields.isBillable ? Math.round(((fields.hours ?? 0) * Math.round((fields.rate ?? 0) * 100)) / 60) : 0),
        0,
      ),
    },
    psaProjects: Object.values(psa.rows['workspaces'] ?? {}).length,
    psaDemands: Object.values(psa.rows['resource_requests'] ?? {}).length,
    provisioned: deals.filter((deal) => deal['Integration_Status__c'] === 'Provisioned').length,
    refused: deals.filter((deal) => deal['Integration_Status__c'] === 'Failed').length,
    writtenTwice: journals.flatMap(createdTwice),
  };
}

export async function readJournal(url: string): Promise<JournalEntry[]> {
  return (await (await fetch(`${url}/__sandbox/journal`)).json()) as JournalEntry[];
}

/** Keys (type and business id) under which a record was created more than once. */
export function createdTwice(journal: JournalEntry[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { outcome, type, key } of journal) {
    if (outcome !== 'created' || !key) continue;
    const id = `${type} ${key}`;
    if (seen.has(id)) twice.add(id);
    seen.add(id);
  }
  return [...twice];
}
