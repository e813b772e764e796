import { keyOfErpId } from '../../sandbox/netsuite/firm/erp-ids.ts';
import type { JournalEntry } from '../../sandbox/journal.ts';
import type { StoredRecord } from '../../sandbox/netsuite/state.ts';
import type { Sandbox } from '../../sandbox/server.ts';
import { createdTwice } from '../../scripts/start/read-books.ts';

export type Row = Record<string, unknown> & { id: string };

/** What the three systems hold, read from the simulators' own state and journals. */
export class Books {
  private readonly sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.sandbox = sandbox;
  }

  /** Records with the firm's own keys for their external ids. */
  erp(type: string): StoredRecord[] {
    return Object.values(this.sandbox.netsuite.state.records[type] ?? {}).map((record) =>
      record.externalId === undefined ? record : { ...record, externalId: keyOfErpId(record.externalId) },
    );
  }

  erpBy(type: string, externalId: string): StoredRecord {
    const found = this.erp(type).filter((record) => record.externalId === externalId);
    if (found.length !== 1) throw new Error(`${found.length} records ${type} ${externalId} in NetSuite`);
    return found[0] as StoredRecord;
  }

  /** Records whose key is the code, or begins with it, whole or as a part, and a separator. */
  erpOf(type: string, code: string): StoredRecord[] {
    return this.erp(type).filter(({ externalId = '' }) => isOf(code, externalId) || isOf(keyOf(code), externalId));
  }

  psa(collection: string): Row[] {
    return Object.values(this.sandbox.kantata.state.rows[collection] ?? {});
  }

  /** The row that carries this business id; a reference is kept without commas, which separate references in the PSA's filters. */
  psaBy(collection: string, subjectType: string, model: string, code: string): Row {
    const ref = storedReference(code);
    const references = this.psa('external_references').filter(
      (row) => row['subject_type'] === subjectType && row['service_model'] === model && row['service_model_ref'] === ref,
    );
    if (references.length !== 1) throw new Error(`${references.length} references ${model} ${ref} in Kantata`);
    const id = String(references[0]?.['subject_id']);
    const row = this.psa(collection).find((candidate) => String(candidate.id) === id);
    if (!row) throw new Error(`no ${collection} ${id} for ${ref} in Kantata`);
    return row;
  }

  deal(code: string): Record<string, unknown> {
    const rows = Object.values(this.sandbox.salesforce.state.records['Opportunity'] ?? {});
    const found = rows.find((row) => row['Engagement_Code__c'] === code);
    if (!found) throw new Error(`no opportunity ${code}`);
    return found;
  }

  journals(): JournalEntry[] {
    return (['salesforce', 'netsuite', 'kantata'] as const).flatMap((system) => this.sandbox[system].journal.entries);
  }

  /** Business ids under which any system made a record twice; the journals do not forget what was deleted. */
  writtenTwice(): string[] {
    return (['salesforce', 'netsuite', 'kantata'] as const).flatMap((system) => createdTwice(this.sandbox[system].journal.entries));
  }

  /** How many records of each kind the ERP and the PSA hold for one engagement, whatever they are called inside. */
  countsOf(code: string): Record<string, number> {
    const workspaces = new Set(
      this.psa('workspaces')
        .filter((row) => isOf(code, String(row['title'])))
        .map((row) => row.id),
    );
    const within = (collection: string) => this.psa(collection).filter((row) => workspaces.has(String(row['workspace_id'])));
    const resources = new Set(
      within('workspace_resources')
        .filter((row) => !row['user_id'])
        .map((row) => row.id),
    );
    const ofResources = (collection: string, key: string) => this.psa(collection).filter((row) => resources.has(String(row[key]))).length;
    return {
      projects: this.erpOf('job', code).length,
      tasks: this.erpOf('projectTask', code).length,
      schedules: this.erpOf('billingSchedule', code).length,
      workspaces: workspaces.size,
      stories: within('stories').length,
      resources: resources.size,
      allocations: ofResources('workspace_allocations', 'workspace_resource_id'),
      requests: ofResources('resource_requests', 'resource_id'),
    };
  }
}

/** The key of a part of a deal: codes with slashes between them, and a slash of a code as `%2F`. */
export const keyOf = (...codes: string[]) =>
  codes.map((code) => code.replace(/%(?=25|2F)|\//g, (sign) => (sign === '/' ? '%2F' : '%25'))).join('/');

/** How the PSA holds a key: commas as `%2C`. */
export const storedReference = (key: string) => key.replace(/%(?=25|2C)|,/g, (sign) => (sign === ',' ? '%2C' : '%25'));

/** `ENG-1`, `ENG-1/P1`, `ENG-1-GB01` and `ENG-1 · Renewal` are of ENG-1, `ENG-10` is not. */
function isOf(code: string, text: string): boolean {
  return text.startsWith(code) && /^($|[/@-]| · )/.test(text.slice(code.length));
}
