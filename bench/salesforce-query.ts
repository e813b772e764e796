import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { createSalesforce } from '../connectors/salesforce/connector.ts';
import type { Effects } from '../model/operations.ts';

/**
 * Reads the records of a Bulk API 2.0 query job in parts, and measures the memory of the process that reads (docs/benchmark.md).
 *
 *     node --expose-gc bench/salesforce-query.ts [rows]      1,000,000 where nothing is said
 *
 * The last line is JSON; the exit code is 0 when every record came and the memory is held to what is said of it.
 */
const rows = Number(process.argv[2] ?? 1_000_000);
const partSize = 1_000;
const mostGrowthMb = 64;
const megabyte = 1024 * 1024;

const org = fork(new URL('harness/made-up-org.ts', import.meta.url), [String(rows)]);
const [access] = (await once(org, 'message')) as [{ url: string; clientId: string; clientSecret: string }];
const crm = createSalesforce(
  { loginUrl: access.url, flow: 'client-credentials', clientId: access.clientId, clientSecret: access.clientSecret },
  { now: Date.now, sleep: (ms) => wait(ms) },
);
const effects: Effects = { write: (write) => write.send() };
const rss: number[] = [];
const every = Math.max(partSize, Math.floor(rows / 20));
let read = 0;
const began = performance.now();
const found = await crm.operations['record.query'](
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
    rss.push(process.memoryUsage().rss / megabyte);
    console.log(`${read.toLocaleString('en')} records, RSS ${rss.at(-1)!.toFixed(0)} MB`);
  },
);
const seconds = (performance.now() - began) / 1_000;
org.disconnect();
// the first tenth warms the code
const settled = rss.slice(Math.min(2, rss.length - 1));
const growthMb = Math.max(...settled) - Math.min(...settled);
const isHeld = found.count === rows && read === rows && growthMb <= mostGrowthMb;
console.log(
  JSON.stringify({
    rows: found.count,
    seconds: Math.round(seconds),
    rowsPerSecond: Math.round(rows / seconds),
    rssMb: { first: Math.round(settled[0]!), most: Math.round(Math.max(...settled)), last: Math.round(settled.at(-1)!) },
    growthMb: Math.round(growthMb),
    heldTo: `≤ ${mostGrowthMb} MB more`,
    isHeld,
  }),
);
process.exitCode = isHeld ? 0 : 1;
await crm.close();
