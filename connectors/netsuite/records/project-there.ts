import { inWords, phrase } from '../../../model/failure-words.ts';
import { type FoundIn, recordOfAnother } from '../../../model/found-record.ts';
import type { JsonObject } from '../../../model/json.ts';
import type { ProjectAsked } from '../../../model/operations.ts';
import { called, withId } from '../../../model/record-names.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import type { NetSuiteApi } from '../wire.ts';
import { column, type SuiteQl } from '../wire/suiteql.ts';
import { aboutRecord } from './about-record.ts';
import { clientOfKey } from './customer-lookup.ts';
import { externalIdOf } from './external-id.ts';
import { sameButForCase } from './id-taken.ts';
import { referredId, referredName } from './record-field.ts';
import { exactly, jobBook } from './record-lookup.ts';
import { missing, type ReferenceData } from './reference-data.ts';

/** A project as NetSuite has it. */
export interface ProjectThere {
  id: string;
  code: string;
  there: JsonObject;
}

interface Reads {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
}

export const projectFound = (code: string, id: string): FoundIn => ({
  system: 'netsuite',
  systemName: 'NetSuite',
  record: called.project(code),
  id,
});

/** The project by its code; nothing where there is none. One whose code differs in case only is not taken for it. */
export async function findProject({ api, suiteQl }: Reads, code: string, signal: AbortSignal): Promise<ProjectThere | undefined> {
  const record = called.project(code);
  const job = await jobBook(suiteQl, [code], signal).before(code);
  if (job === undefined) return undefined;
  if (!exactly(code, job)) throw sameButForCase(record, code, job);
  return { id: job.id, code, there: await aboutRecord(record, () => api.details('job', { id: job.id }, signal)) };
}

/** The project by its code, which is there and may be looked at. */
export async function projectThere(reads: Reads, code: string, signal: AbortSignal): Promise<ProjectThere> {
  const found = await findProject(reads, code, signal);
  if (found) return found;
  const said = inWords('PROJECT_UNKNOWN.netsuite', { externalId: externalIdOf(code) });
  throw missing('project', code, said, { record: called.project(code) });
}

/** Refuses a project that is kept elsewhere than it should be; of one that does not say where, nothing is known. */
export function mustBeKeptIn({ id, code, there }: ProjectThere, field: 'subsidiary' | 'currency', of: { id: string; code: string }): void {
  const holds = referredId(there, field);
  if (holds === undefined || holds === of.id) return;
  const what = field === 'subsidiary' ? phrase('NETSUITE.of-legal-entity') : phrase('NETSUITE.of-currency');
  throw recordOfAnother(projectFound(code, id), { field, there: referredName(there, field), wanted: withId(of.id, of.code), what });
}

/** The project that is asked about; nothing where there is none. One of the same code that is another entity's or client's is refused. */
export async function projectAsked(
  reads: Reads & { references: ReferenceData },
  { project, legalEntity, account }: ProjectAsked,
  signal: AbortSignal,
): Promise<(ProjectThere & { subsidiary: string }) | undefined> {
  const record = called.project(project);
  const { id: subsidiary } = await unlessAborted(
    aboutRecord(record, () => reads.references.subsidiary(legalEntity)),
    signal,
  );
  const found = await findProject(reads, project, signal);
  if (!found) return undefined;
  mustBeKeptIn(found, 'subsidiary', { id: subsidiary, code: legalEntity });
  if (account !== undefined) await mustBeOfClient(reads.suiteQl, found, account, signal);
  return { ...found, subsidiary };
}

/** A client without the firm's key cannot be told from another: it is not this one. */
async function mustBeOfClient(suiteQl: SuiteQl, { id, code, there }: ProjectThere, account: string, signal: AbortSignal): Promise<void> {
  const parent = referredId(there, 'parent');
  const rows = parent === undefined ? [] : await suiteQl.whereIn('id', [parent], customers, signal);
  const client = rows.flatMap((row) => (column(row, 'id') === parent ? (clientOfKey(row['externalid'])?.code ?? []) : []));
  if (client[0] === account) return;
  const holder = parent === undefined ? phrase('TEXT_EMPTY') : referredName(there, 'parent');
  throw recordOfAnother(projectFound(code, id), { field: 'parent', there: holder, wanted: account, what: phrase('NETSUITE.of-client') });
}

const customers = (condition: string) => `SELECT id, externalid FROM customer WHERE ${condition} ORDER BY id`;
