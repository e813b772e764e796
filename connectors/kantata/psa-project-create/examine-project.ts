import { phrase } from '../../../model/failure-words.ts';
import {
  anotherCrmId,
  bearsCrmId,
  Comparison,
  type Differences,
  type FoundIn,
  recordOfAnother,
  recordPutAside,
} from '../../../model/found-record.ts';
import type { Project } from '../../../model/types.generated.ts';
import { called } from '../../../model/record-names.ts';
import type { Known } from '../records/ensure-record.ts';
import { type Row, text } from '../wire/envelope.ts';
import { nameIn, projectDescription } from '../records/titles.ts';

/**
 * Refuses a workspace that is another client's, legal entity's, currency's or deal's, and one that was archived; says what differs. Kantata knows no client by code: what the description says of it counts, where nobody has rewritten it.
 */
export function examineWorkspace({ id, row }: Known, project: Project): Differences {
  const found = workspaceOf(project, id);
  const described = text(row, 'description');
  refuseAnothers(found, row, described, project);
  if (row['archived'] === true) throw recordPutAside(found, 'archived', phrase('KANTATA.archived'));
  const terms = new Comparison(found.record);
  // a description that is not this connector's says nothing of the deal, and who plans people needs not know what the project is worth
  if (line(described, 'Engagement') !== undefined) {
    for (const label of ['Billing:', 'Contract amount:'] as const) {
      terms.text(`description (${label.slice(0, -1)})`, line(described, label), line(projectDescription(project), label));
    }
  }
  const plan = new Comparison(found.record)
    .text('title', nameIn(text(row, 'title'), project.code), project.name)
    .text('start_date', text(row, 'start_date'), project.start)
    .text('due_date', text(row, 'due_date'), project.end);
  const code = clientIn(described, project)?.code;
  if (code !== undefined && code !== project.account.id) plan.text('description (Engagement)', code, project.account.code);
  // one that was cleared in the deal, too
  plan.text('description (Client PO)', line(described, 'Client PO:'), line(projectDescription(project), 'Client PO:'));
  return { money: terms.differences, plan: plan.differences };
}

export const workspaceOf = (project: Project, id: string): FoundIn => ({
  system: 'kantata',
  systemName: 'Kantata',
  record: called.project(project.code),
  id,
});

function refuseAnothers(found: FoundIn, row: Row, described: string | undefined, project: Project): void {
  const currency = text(row, 'currency');
  if (currency !== undefined && currency !== project.currency) {
    throw recordOfAnother(found, { field: 'currency', there: currency, wanted: project.currency, what: phrase('KANTATA.of-currency') });
  }
  const crmId = project.engagementId && anotherCrmId(described, project.engagementId);
  if (project.engagementId && crmId) {
    throw recordOfAnother(found, { field: 'code', there: crmId, wanted: project.engagementId, what: phrase('KANTATA.of-deal') });
  }
  const said = clientIn(described, project);
  if (!said) return;
  const { name, code, legalEntity } = said;
  const { account } = project;
  // the client's id stood for a code that was filled in later; a deal that bears its mark, of a client of the same name, has one whose code was changed
  const isClients = code === account.code || code === account.id || (isDeals(described, project) && name === account.name);
  if (!isClients) {
    throw recordOfAnother(found, {
      field: 'account.code',
      there: `${name} (${code})`,
      wanted: `${account.name} (${account.code})`,
      what: phrase('KANTATA.of-client'),
    });
  }
  if (legalEntity !== project.legalEntity) {
    throw recordOfAnother(found, {
      field: 'legalEntity',
      there: legalEntity,
      wanted: project.legalEntity,
      what: phrase('KANTATA.of-legal-entity'),
    });
  }
}

/**
 * Whose the first line of the description says that the deal is. Codes have parentheses and dots too, so the line is first looked at for how it would
 * end for this deal; what another's says is read as well as it can be.
 */
function clientIn(described: string | undefined, { account, legalEntity }: Project): Client | undefined {
  const first = described?.split('\n').find((one) => one.startsWith('Engagement ') && one.includes(' · '));
  if (first === undefined) return undefined;
  const said = first.slice(first.indexOf(' · ') + 3).trimEnd();
  for (const code of [account.code, account.id ?? account.code]) {
    const end = ` (${code}) · ${legalEntity}`;
    if (said.endsWith(end)) return { name: said.slice(0, -end.length), code, legalEntity };
  }
  const [close, open] = [said.lastIndexOf(') · '), said.lastIndexOf(' (', said.lastIndexOf(') · '))];
  return close < 0 || open < 0
    ? undefined
    : { name: said.slice(0, open), code: said.slice(open + 2, close), legalEntity: said.slice(close + 4) };
}

interface Client {
  name: string;
  code: string;
  legalEntity: string;
}

const isDeals = (described: string | undefined, { engagementId }: Project) => !!engagementId && bearsCrmId(described, engagementId);

/** What follows a label at the beginning of a line. */
function line(description: string | undefined, label: string): string | undefined {
  return description
    ?.split('\n')
    .find((one) => one.startsWith(`${label} `))
    ?.slice(label.length)
    .trim();
}
