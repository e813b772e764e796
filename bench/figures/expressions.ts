import jsonata from 'jsonata';
import { opportunityToEngagement } from '../../connectors/salesforce/mappings/opportunity-to-engagement.ts';
import { compileExpression } from '../../runtime/expressions/expression.ts';
import { generateFirm } from '../../sandbox/firm/firm.ts';
import { type SalesforceRecord, salesforceRecords } from '../../sandbox/salesforce/firm/records.ts';
import { atLeast, type Figure, type FigureResult } from '../harness/figure.ts';
import { byTurns, ratios } from '../harness/rounds.ts';
import { rounded, spreadOf } from '../harness/spread.ts';

interface Case {
  name: string;
  what: string;
  text: string;
  input: unknown;
}

/** Expressions as analysts write them; jsonata works them out without any bound. */
const cases: Case[] = [
  {
    name: 'expressions.preset',
    what: 'the mapping of a won opportunity of the sandbox',
    text: opportunityToEngagement,
    input: opportunity(),
  },
  {
    name: 'expressions.entry',
    what: 'the mapping of a time entry',
    text: `{ "id": "time-tool:" & payload.entryId, "source": { "system": "time-tool", "id": $string(payload.entryId) },
      "resource": { "id": payload.person.id, "email": payload.person.email }, "project": { "id": payload.project },
      "workDate": payload.date, "minutes": payload.minutes, "billable": payload.billable, "version": $string(payload.revision) }`,
    input: {
      payload: {
        entryId: 7,
        person: { id: 'P-1', email: 'ada@firm.example' },
        project: 'ENG-1',
        date: '2026-03-02',
        minutes: 90,
        billable: true,
        revision: 2,
      },
    },
  },
  { name: 'expressions.key', what: 'a key', text: 'payload.code', input: { payload: { code: 'ENG-1' } } },
  {
    name: 'expressions.rule',
    what: 'the rule of an approval',
    text: 'payload.amount < 10000 and payload.region in ["EMEA", "AMER"] and $contains(payload.code, /^ENG-[0-9]+$/)',
    input: { payload: { amount: 5_000, region: 'AMER', code: 'ENG-0042' } },
  },
  {
    name: 'expressions.texts',
    what: 'texts put right by regular expressions',
    text: '$lowercase($replace($trim(payload.name), /[^A-Za-z0-9]+/, "-")) & "@" & $join($split(payload.domain, /[ ,;]+/), ".")',
    input: { payload: { name: '  Ada King, Countess of Lovelace ', domain: 'mail, firm;example' } },
  },
];

export const expressions: Figure = {
  name: 'expressions',
  about: 'expressions within their bounds, against jsonata without any',
  async run({ rounds, seconds }) {
    const results: FigureResult[] = [];
    for (const { name, what, text, input } of cases) {
      const [ours, peer] = [compileExpression(text, { field: 'expression' }), jsonata(text)];
      const compared = await byTurns(
        rounds,
        () => rate(seconds, () => ours.evaluate(input)),
        () => rate(seconds, async () => JSON.parse(JSON.stringify(await peer.evaluate(input))) as unknown),
      );
      const ratio = ratios(compared, (one) => one);
      results.push({
        name,
        what,
        unit: 'evaluations/s',
        ours: spreadOf(compared.ours),
        peer: { name: 'jsonata', ...spreadOf(compared.peer) },
        ratio,
        targets: [atLeast('≥ 0.9 × jsonata', ratio.median, 0.9)],
        details: {
          microseconds: rounded(1e6 / spreadOf(compared.ours).median),
          peerMicroseconds: rounded(1e6 / spreadOf(compared.peer).median),
        },
        notes: ['both give plain JSON'],
      });
    }
    return results;
  },
};

async function rate(seconds: number, work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  let count = 0;
  for (; performance.now() - began < seconds * 250; count++) await work();
  return (count * 1000) / (performance.now() - began);
}

/** A deal as a poll emits it, put together from the firm's own records. */
function opportunity(): Record<string, unknown> {
  const { records } = salesforceRecords(generateFirm({ seed: 7, date: '2026-11-23' }));
  const children = (type: string, deal: SalesforceRecord) =>
    records.filter(({ attributes, ...record }) => attributes.type === type && record['Opportunity__c'] === deal['Id']);
  const deals = records.filter(({ attributes }) => attributes.type === 'Opportunity');
  const deal = deals.find((one) => children('Engagement_Task__c', one).length > 3 && children('Staffing_Need__c', one).length > 0)!;
  return {
    ...deal,
    Account: records.find(({ Id }) => Id === deal['AccountId']),
    Engagement_Phases__r: children('Engagement_Phase__c', deal),
    Engagement_Tasks__r: children('Engagement_Task__c', deal),
    Engagement_Milestones__r: children('Engagement_Milestone__c', deal),
    Staffing_Needs__r: children('Staffing_Need__c', deal),
    Rate_Card_Lines__r: children('Rate_Card_Line__c', deal),
  };
}
