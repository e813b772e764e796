import type { Sandbox } from '../../../sandbox/server.ts';

/** What accounting does with one of a project's invoices; amounts in cents. */
export type Act =
  | { kind: 'post'; invoice: string; day: string; net: number }
  | { kind: 'correct'; invoice: string; net: number }
  | { kind: 'pay' | 'credit'; invoice: string; amount: number }
  | { kind: 'void'; invoice: string };

/** Whose invoices they are. */
export interface Billed {
  project: string;
  client: string;
}

const subsidiary = { externalId: 'DE01' };
const service = { externalId: 'SVC-CONSULTING' };
const line = (cents: number) => ({ items: [{ item: service, quantity: 1, rate: cents / 100 }] });
export const numberOf = (project: string, invoice: string) => `${project}-${invoice}`;

/** @param nth of the project's acts, by which a payment or a credit is numbered */
export function enter({ netsuite }: Sandbox, { project, client }: Billed, act: Act, nth: number): void {
  const externalId = numberOf(project, act.invoice);
  const of = { subsidiary, currency: { externalId: 'EUR' } };
  const settles = (amount: number) => ({
    ...{ ...of, externalId: `${externalId}-${nth}`, tranDate: '2026-11-20' },
    apply: { items: [{ apply: true, doc: { externalId }, amount: amount / 100 }] },
  });
  const records = {
    post: () => {
      const { day, net } = act as Act & { kind: 'post' };
      const head = { externalId, tranId: externalId, tranDate: day, entity: { externalId: client }, job: { externalId: project } };
      return { invoice: [{ ...of, ...head, item: line(net) }] };
    },
    correct: () => ({ invoice: [{ externalId, item: line((act as Act & { kind: 'correct' }).net) }] }),
    pay: () => ({ customerPayment: [{ ...settles((act as Act & { kind: 'pay' }).amount), customer: { externalId: client } }] }),
    credit: () => {
      const { amount } = act as Act & { kind: 'credit' };
      return { creditMemo: [{ ...settles(amount), entity: { externalId: client }, job: { externalId: project }, item: line(amount) }] };
    },
    void: () => ({ invoice: [{ externalId, status: { id: 'V' } }] }),
  }[act.kind]();
  netsuite.definition.load(netsuite, { records });
}

/** The newest invoice of a project as everybody must see it, and what the project has earned. */
export interface Shown {
  number: string;
  status: string;
  open: number;
  revenue: number;
  /** what was done last was done to another invoice, so that nobody is told of the revenue anew */
  isRevenueOld: boolean;
}

/** Worked out from what accounting did: the newest is the one of the latest day, and of one day the one that was posted last. */
export function shownOf(project: string, acts: readonly Act[]): Shown | undefined {
  const posted = acts.flatMap((act) => (act.kind === 'post' ? [act] : []));
  const [newest] = posted.toReversed().toSorted((one, other) => other.day.localeCompare(one.day));
  if (!newest) return undefined;
  const of = (invoice: string) => acts.filter((act) => act.invoice === invoice);
  const standing = (invoice: string) => {
    let [net, paid, credited, isVoid] = [0, 0, 0, false];
    for (const act of of(invoice)) {
      if (act.kind === 'post' || act.kind === 'correct') net = act.net;
      else if (act.kind === 'pay') paid += act.amount;
      else if (act.kind === 'credit') credited += act.amount;
      else [net, isVoid] = [0, true];
    }
    return { net, paid, credited, isVoid, open: net - paid - credited };
  };
  const { paid, credited, isVoid, open } = standing(newest.invoice);
  const settled = paid + credited > 0;
  const status = isVoid ? 'voided' : open > 0 ? (settled ? 'partly-paid' : 'posted') : paid > 0 ? 'paid' : 'credited';
  const revenue = posted.map(({ invoice }) => standing(invoice)).reduce((sum, one) => sum + one.net - one.credited, 0);
  return { number: numberOf(project, newest.invoice), status, open, revenue, isRevenueOld: acts.at(-1)!.invoice !== newest.invoice };
}
