import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createSalesforce } from '../../connectors/salesforce/connector.ts';
import type { Effects } from '../../model/operations.ts';
import type { QueryJobReading } from './query-job-reading.ts';

/** Reads the records of a Bulk API 2.0 query job of so many rows in parts, in a process of its own, and says what memory it took (`--expose-gc`). */
const rows = Number(process.argv[2]);
const partSize = 1_000;
const megabyte = 1024 * 1024;

process.on('disconnect', () => process.exit());
const org = fork(new URL('made-up-org-process.ts', import.meta.url), [String(rows)], { execArgv: [] });
const [access] = (await once(org, 'message')) as [{ url: string; clientId: string; clientSecret: string }];
const crm = createSalesforce(
  { loginUrl: access.url, flow: 'client-credentials', clientId: access.clientId, clientSecret: access.clientSecret },
  { now: Date.now, sleep: (ms) => wait(ms) },
);
const effects: Effects = { write: (write) => write.send() };
const rssMb: number[] = [];
const every = Math.max(partSize, Math.floor(rows / 20));
let read = 0;
const began = performance.now();
const { count } = await crm.operations['record.query'](
  {
    query: 'SELECT Id, Name, Account_Code__c, AnnualRevenue, BillingCity, BillingCountry, CreatedDate FROM Account',
    by: 'job',
    bulkFrom: 1,
    limit: 1,
    partSize,
    repeat: 'tell',
  },
  { effects, signal: new AbortController().signal },
  async (records) => {
    const before = Math.floor(read / every);
    read += records.length;
    if (Math.floor(read / every) === before) return;
    globalThis.gc?.();
    rssMb.push(process.memoryUsage().rss / megabyte);
  },
);
const reading: QueryJobReading = { rows: count, read, seconds: (performance.now() - began) / 1_000, rssMb };
org.disconnect();
await crm.close();
process.send?.(reading, () => process.disconnect());
