import type { JournalEntry } from '../../../sandbox/journal.ts';
import { keyOfErpId } from '../../../sandbox/netsuite/firm/erp-ids.ts';
import type { Sandbox } from '../../../sandbox/server.ts';
import type { Deal } from '../../system/deal.ts';
import { dealAsWon, roleOfAmendments } from './agreed.ts';
import { type AmendmentKind, amendmentKinds } from './amendment-kinds.ts';
import { contractAsAgreed, type ContractBooks, contractsHeld } from './contract-books.ts';
import { amendInCrm, crmDeal, signInCrm } from './crm-contract.ts';
import { hurriedTemplates } from './hurried-templates.ts';
import { type Differences, noDifferences, type Stream } from './stream.ts';

interface Contract {
  code: string;
  kind: AmendmentKind;
  won: Deal;
  /** number of the last amendment that sales has written down */
  number: number;
}

/**
 * Deals are won and set up; sales amends their contracts once they are, as they are shown in the CRM. What changes is asked of a person, who says yes or
 * no; some amendments must be refused, and one that only the PSA can refuse leaves nothing in the ERP.
 */
export function amendmentStream(): Stream {
  const contracts: Contract[] = [];

  function win(sandbox: Sandbox): void {
    const code = `ENG-M${contracts.length + 1}`;
    const kind = amendmentKinds[contracts.length % amendmentKinds.length]!;
    const contract = { code, kind, won: dealAsWon(code), number: 0 };
    contracts.push(contract);
    signInCrm(sandbox, contract.won, kind.early ? 'Negotiation/Review' : undefined);
    if (kind.early) amend(sandbox, contract);
  }

  function amend(sandbox: Sandbox, contract: Contract): void {
    const { kind, won, code } = contract;
    if (contract.number === 0) kind.before?.(sandbox, code);
    amendInCrm(sandbox, kind.agreed[contract.number]!(won), ++contract.number);
  }

  /** A second amendment does not wait for what becomes of the first. */
  const mayBeAmended = (sandbox: Sandbox, { code, kind, number }: Contract) =>
    number < kind.agreed.length && (number > 0 || saidToSales(sandbox, code).status === 'Provisioned');

  return {
    name: 'amendments',
    flows: hurriedTemplates('opportunity-to-project.json', 'contract-amendment.json'),
    prepare: ({ kantata }) => kantata.definition.load(kantata, { roles: [{ id: '98503', name: roleOfAmendments }] }),
    happen(sandbox, n) {
      const ready = contracts.find((contract) => mayBeAmended(sandbox, contract));
      if (n % 2 === 0 && ready) amend(sandbox, ready);
      else win(sandbox);
      return [];
    },
    expected: () => ({
      dead: contracts.filter(({ kind, number }) => number > 0 && kind.refusal).length,
      undone: contracts.filter(({ kind, number }) => number > 0 && kind.fate === 'undone').length,
    }),
    refusals: () =>
      contracts.flatMap(({ code, kind, number }) => (number > 0 && kind.refusal ? [{ subject: code, code: kind.refusal }] : [])),
    answer(sandbox, question) {
      const contract = contracts.find(({ code }) => code === question.subject);
      if (!contract) return undefined;
      contract.kind.asked?.(sandbox, contract.code);
      return contract.kind.fate === 'rejected' ? 'reject' : 'approve';
    },
    differences(sandbox) {
      const found = noDifferences();
      const held = contractsHeld(sandbox);
      const marked = marksWritten(sandbox);
      for (const contract of contracts) {
        const { code, kind, number } = contract;
        const { status, message } = saidToSales(sandbox, code);
        const must = mustBeSaid(contract);
        // a dead letter is kept, but goes out of its node once: killed in that moment, sales is not told (docs/proofs.md)
        const mayBeUntold = number > 0 && kind.refusal !== undefined && !message.startsWith(`Amendment ${number}`);
        if (!mayBeUntold && (status !== must.status || !must.message.test(message)))
          found.lost.push(`${code}, ${kind.name}: sales sees ${status}, ${message}`);
        const wanted = wantedOf(contract);
        const there = held(code);
        for (const system of ['erp', 'psa'] as const) compare(`${code}, ${kind.name}, ${system}`, there[system], wanted[system], found);
        for (const system of ['erp', 'psa'] as const) {
          const writes = marked(system, code, number);
          const most = number > 0 && (kind.fate === 'made' || (kind.fate === 'undone' && system === 'erp')) ? 1 : 0;
          if (writes > most)
            found.duplicated.push(`${code}, ${kind.name}: amendment ${number} was written ${writes} times into the ${system}`);
          else if (writes < most) found.lost.push(`${code}, ${kind.name}: amendment ${number} was never written into the ${system}`);
        }
      }
      return found;
    },
  };
}

function saidToSales(sandbox: Sandbox, code: string): { status: string; message: string } {
  const deal = crmDeal(sandbox, code);
  return { status: String(deal?.['Integration_Status__c']), message: String(deal?.['Integration_Message__c']) };
}

function mustBeSaid({ kind, number }: Contract): { status: string; message: RegExp } {
  if (number === 0) return { status: 'Provisioned', message: /^(?!Amendment)/ };
  if (kind.fate === 'made') return { status: 'Provisioned', message: new RegExp(`^Amendment ${number} is carried over`) };
  return { status: kind.fate === 'rejected' ? 'Pending' : 'Failed', message: new RegExp(`^Amendment ${number} is not carried over`) };
}

function wantedOf({ kind, won, number }: Contract): ContractBooks {
  if (kind.early) return { erp: [], psa: [] };
  if (number > 0 && kind.fate === 'made') return contractAsAgreed(kind.agreed[number - 1]!(won), won, `Amendment ${number}`);
  return contractAsAgreed(won, won, undefined);
}

/** More lines than there must be are something twice, others are something lost. */
function compare(of: string, there: string[], wanted: string[], found: Differences): void {
  const left = [...there];
  const lacking = wanted.filter((line) => {
    const at = left.indexOf(line);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
  found.lost.push(...lacking.map((line) => `${of}: not “${line}”`));
  const isTwice = (line: string) => wanted.includes(line);
  found.duplicated.push(...left.filter(isTwice).map((line) => `${of}: once more “${line}”`));
  found.orphaned.push(...left.filter((line) => !isTwice(line)).map((line) => `${of}: “${line}”`));
}

/** How often an amendment was written onto the project itself, by the systems' own journals. */
function marksWritten({ netsuite, kantata }: Sandbox): (system: 'erp' | 'psa', code: string, number: number) => number {
  // sent again with the same is once too often, though nothing comes of it
  const taken = ({ outcome }: JournalEntry) => outcome !== 'refused';
  const text = ({ body }: JournalEntry, field: string) => String((body as Record<string, unknown> | undefined)?.[field] ?? '');
  const jobs = Map.groupBy(
    netsuite.journal.entries.filter((entry) => entry.type === 'job' && taken(entry)),
    ({ key = '' }) => keyOfErpId(key),
  );
  const titles = new Map(
    Object.values(kantata.state.rows['workspaces'] ?? {}).map((row) => [String(row['id']), String(row['title']).split(' ')[0]!]),
  );
  const workspaces = Map.groupBy(
    kantata.journal.entries.filter((entry) => entry.type === 'workspaces' && taken(entry)),
    ({ id = '' }) => titles.get(id) ?? '',
  );
  return (system, code, number) => {
    const [entries, field] = system === 'erp' ? [jobs.get(code), 'comments'] : [workspaces.get(code), 'description'];
    return (entries ?? []).filter((entry) => text(entry, field).includes(`Amendment ${number}, effective`)).length;
  };
}
