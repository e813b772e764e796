import type { Express, NextFunction, Request, Response } from 'express';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { sendError } from '../../sandbox/netsuite/media-type.ts';
import { NetSuiteError } from '../../sandbox/netsuite/netsuite-error.ts';
import type { NetSuiteState } from '../../sandbox/netsuite/state.ts';
import { Simulator, type SystemDefinition } from '../../sandbox/simulator.ts';
import { entities, monthCurrencies, people, projects } from './month-rows.ts';
import { TotalsOfMonth, type MonthTotals } from './month-totals.ts';
import { SlotMeter, type SlotReading } from './slot-meter.ts';

/** A NetSuite simulator in a process of its own, with the legal entities, people and projects of the month and a limit of five requests at once. */
const [latencyMs = 0, closedEvery = 0] = process.argv.slice(2).map(Number);
const slots = 5;

/** What the ERP has at the end, by its own records and its own journal. */
export interface MonthInErp {
  slots: SlotReading;
  totals: MonthTotals;
  /** ids of what was made, as the PSA knows them */
  made: string[];
  madeTwice: number;
  changed: number;
}

const meter = new SlotMeter(slots, { every: closedEvery, seconds: 2 });
const metered: SystemDefinition<NetSuiteState> = {
  ...netsuite,
  routes(app: Express, sim: Simulator<NetSuiteState>) {
    app.use('/services/rest', (request: Request, response: Response, next: NextFunction) => {
      if (request.path.startsWith('/auth/')) return next();
      meter.pass(request, response, next, (seconds) => {
        const detail = 'Concurrent request limit exceeded. Request blocked.';
        response.setHeader('Retry-After', String(seconds));
        sendError(response, new NetSuiteError(429, [{ detail, 'o:errorCode': 'CONCURRENCY_LIMIT_EXCEEDED' }]));
      });
    });
    netsuite.routes(app, sim);
  },
};

const known = new Set(Object.values(netsuite.emptyState().records['currency'] ?? {}).map(({ externalId }) => externalId));
const sim = await new Simulator(metered, { port: 0 }).start();
const subsidiary = (entity: number) => ({ externalId: entities[entity]!.code });
const client = (entity: number) => ({ externalId: `ACC-1____${entities[entity]!.code}` });
netsuite.load(sim, {
  concurrencyLimit: slots,
  latencyMs,
  periods: [{ name: 'Sep 2026', closed: true }],
  records: {
    currency: monthCurrencies
      .filter(({ code }) => !known.has(code))
      .map(({ code, decimals }) => ({ externalId: code, name: code, symbol: code, currencyPrecision: decimals, exchangeRate: 1 })),
    subsidiary: entities.map(({ code, currency }) => ({
      ...{ externalId: code, name: code, legalName: code, country: 'DE' },
      currency: { externalId: currency.code },
    })),
    currencyRate: monthCurrencies.flatMap((of) =>
      monthCurrencies
        .filter(({ code }) => code !== of.code)
        .flatMap((base) =>
          Array.from({ length: 5 }, (_, week) => ({
            ...{ baseCurrency: { externalId: base.code }, transactionCurrency: { externalId: of.code } },
            ...{ exchangeRate: 1.25, effectiveDate: new Date(Date.UTC(2026, 8, 28 + 7 * week)).toISOString().slice(0, 10) },
          })),
        ),
    ),
    employee: people
      .filter(({ unknown }) => !unknown)
      .map(({ id, email, entity }) => ({
        ...{ externalId: `EMP-${id}`, entityId: email, firstName: 'Person', lastName: id, email },
        subsidiary: subsidiary(entity),
      })),
    customer: entities.map(({ code }, entity) => ({
      ...{ ...client(entity), entityId: `ACC-1 ${code}`, companyName: 'Client' },
      subsidiary: subsidiary(entity),
    })),
    job: projects.map(({ code, entity, inactive }) => ({
      ...{ externalId: code, entityId: code, companyName: `Project ${code}`, parent: client(entity), subsidiary: subsidiary(entity) },
      ...{ currency: { externalId: entities[entity]!.currency.code }, isInactive: inactive },
    })),
    projectTask: projects.map(({ code, taskCode }) => ({ externalId: taskCode, title: 'Work', project: { externalId: code } })),
  },
});

process.on('message', () => process.send!(told()));
process.on('disconnect', () => process.exit());
process.send!({ url: sim.url, ...netsuite.credentials(sim) });

function told(): MonthInErp {
  const totals = new TotalsOfMonth();
  const { records } = sim.state;
  const codeOf = (type: string, id: unknown) => records[type]?.[String(id)]?.externalId ?? `no ${type}`;
  const decimals = new Map(monthCurrencies.map(({ code, decimals: of }) => [code, of]));
  const minor = (value: unknown, currency: string) => Math.round(Number(value) * 10 ** (decimals.get(currency) ?? 2));
  for (const { fields } of Object.values(records['timeBill'] ?? {})) {
    const currency = codeOf('currency', records['job']?.[String(fields['customer'])]?.fields['currency']);
    const sum = { minutes: Number(fields['hours']), minor: minor(fields['rate'], currency) };
    totals.add('time', codeOf('subsidiary', fields['subsidiary']), currency, sum);
  }
  for (const { fields, lines } of Object.values(records['expenseReport'] ?? {})) {
    for (const { fields: line } of lines['expense'] ?? []) {
      const currency = codeOf('currency', line['currency']);
      const sum = { minutes: 0, minor: minor(line['foreignAmount'] ?? line['amount'], currency) };
      totals.add('expense', codeOf('subsidiary', fields['subsidiary']), currency, sum);
    }
  }
  const made = sim.journal.entries.filter(({ outcome }) => outcome === 'created').map(({ key }) => /(\d+)$/.exec(key ?? '')?.[1] ?? '');
  const changed = sim.journal.entries.filter(({ outcome }) => outcome === 'updated' || outcome === 'deleted').length;
  const distinct = new Set(made);
  return { slots: meter.reading, totals: totals.all, made: [...distinct], madeTwice: made.length - distinct.size, changed };
}
