import { hostileExpressions } from './expressions.ts';
import { hostileTexts } from './hostile-values.ts';
import { markOf, type SettingInput } from './input.ts';
import { type Random } from './input-random.ts';
import { jsonText } from './raw-json.ts';
import { timeEntry } from './samples.ts';

const edges = [
  -1,
  0,
  0.5,
  1,
  1e308,
  -1e308,
  2 ** 31,
  2 ** 53,
  '',
  ' ',
  'NaN',
  'Infinity',
  '-Infinity',
  '1e400',
  '0x10',
  null,
  true,
  [],
  {},
  '9'.repeat(400),
];

/** Who is looked for, and from when to when. */
const peopleWanted = {
  connection: ['kantata', 'netsuite'],
  from: ['payload.workDate', ...hostileTexts],
  fromType: ['msg', 'jsonata', 'x'],
  to: ['2026-12-31', '9999-12-31', ...hostileTexts],
  toType: ['str', 'jsonata'],
  role: ['', ...hostileTexts],
  roleType: ['str', 'msg'],
  skills: ['', ...hostileTexts],
  skillsType: ['str', 'jsonata'],
  region: ['', ...hostileTexts],
  regionType: ['str'],
};

/** Fields of the nodes that somebody could put anything into, with a hand-written flow file or an import. */
const settings: Readonly<Record<string, Readonly<Record<string, readonly unknown[]>>>> = {
  'run-wait': {
    mode: ['for', 'until', 'x'],
    amount: edges,
    unit: ['seconds', 'weeks', 'x', '__proto__'],
    until: ['payload.until', ...hostileTexts],
    untilType: ['jsonata', 'msg', 'env', 'x'],
  },
  'run-approval': {
    title: ['"t"', ...hostileTexts],
    titleType: ['jsonata', 'str', 'x'],
    expiresAfterHours: edges,
    escalateAfterHours: edges,
    onExpiry: ['reject', 'park', 'x'],
    severity: ['high', 'x', '__proto__'],
  },
  'canonical-map': {
    preset: ['custom', '__proto__', 'constructor'],
    expression: Object.values(hostileExpressions),
    contract: ['time-entry', 'x'],
  },
  'contract-check': {
    contract: ['engagement', 'time-entry', 'x', '__proto__', 'constructor', ''],
    erp: ['', 'x', '__proto__'],
    psa: ['', 'x'],
    rateCard: ['', 'payload', ...hostileTexts],
    rateCardType: ['jsonata', 'msg', 'x'],
  },
  'business-api-response': { httpStatus: edges, body: ['payload', ...hostileTexts], bodyType: ['msg', 'jsonata', 'json', 'x'] },
  'erp-project': {
    offered: [true, 'true', 1],
    access: ['', 'x', '__proto__', 'fuzz-access'],
    apiName: ['fuzz', ...hostileTexts],
    apiVersion: edges,
    deprecated: ['', '2026-02-30', ...hostileTexts],
    lastDay: ['', '0001-01-01', ...hostileTexts],
  },
  'run-compensate': { title: ['"t"', ...hostileTexts], titleType: ['jsonata', 'str'] },
  'dead-letter': { reason: hostileTexts, emit: ['all', 'none', 'x'] },
  'erp-post-timesheet': { batchSize: edges, batchSeconds: edges, schedule: ['', '* * * * *', 'x', '99 99 99 99 99', '*/0 * * * *'] },
  'erp-post-expense': {
    batchSize: edges,
    batchSeconds: edges,
    schedule: ['', '* * * * *', 'x', '99 99 99 99 99'],
    receipts: [true, 'x', 1],
  },
  'business-event-in': {
    path: ['events/edge', '../edge', '__proto__', '%00', '/'.repeat(50), ...hostileTexts],
    signature: ['none', 'x', 'hmac-sha256'],
    maxKilobytes: edges,
    key: ['subject', ...hostileTexts],
    keyType: ['jsonata'],
  },
  'run-policy': {
    maxAttempts: edges,
    firstDelaySeconds: edges,
    factor: edges,
    maxDelaySeconds: edges,
    stallAfterMinutes: edges,
    deadlineHours: edges,
    concurrency: edges,
    writesPerMinute: edges,
    backOff: ['exponential', 'linear', 'x'],
  },
  reconcile: { psa: ['kantata', '__proto__', ''], erp: ['netsuite', 'kantata'], subject: ['time', '__proto__'], lookbackDays: edges },
  'psa-timesheet-in': {
    connection: ['kantata', 'netsuite', '__proto__'],
    deleted: [true, 'yes', '__proto__'],
    intervalSeconds: edges,
    since: ['', '2026-01-01', ...hostileTexts],
  },
  'psa-milestone-in': {
    connection: ['kantata', 'netsuite', '__proto__'],
    intervalSeconds: edges,
    since: ['', '2026-01-01', ...hostileTexts],
  },
  'psa-assignment-in': {
    connection: ['kantata', 'netsuite', '__proto__'],
    intervalSeconds: edges,
    since: ['', '2026-01-01', ...hostileTexts],
  },
  'psa-expense-in': {
    connection: ['kantata', 'netsuite', '__proto__'],
    intervalSeconds: edges,
    since: ['', '2026-01-01', ...hostileTexts],
  },
  'psa-availability': {
    ...peopleWanted,
    unit: ['week', 'day', 'x', '__proto__'],
    leastHours: edges,
    mostPeople: edges,
  },
  'psa-utilization': {
    ...peopleWanted,
    listedPeople: edges,
  },
  'erp-assignment': { connection: ['netsuite', 'kantata', '__proto__'] },
  'salesforce-opportunity-in': {
    connection: ['salesforce', 'constructor'],
    rule: ['won', 'stages', 'condition', 'x', '__proto__'],
    stages: ['Closed Won', ...hostileTexts],
    condition: ["Type = 'Services'", "Name = 'x' OR IsWon = true) LIMIT 1 --", ...hostileTexts],
    intervalSeconds: edges,
    since: ['2026-01-01', ...hostileTexts],
  },
  'salesforce-account-in': {
    connection: ['salesforce', 'constructor'],
    rule: ['all', 'with-won', 'condition', 'x', '__proto__'],
    condition: ["Type = 'Customer'", "Name = 'x') LIMIT 1 --", ...hostileTexts],
    deleted: [true, 'x', null],
    intervalSeconds: edges,
    since: ['2026-01-01', ...hostileTexts],
  },
  'salesforce-query': {
    connection: ['salesforce', 'netsuite'],
    query: [
      'SELECT Id FROM Account WHERE Name = :name',
      "SELECT Id FROM Account WHERE Name = ':name' OR Id = :__proto__.x",
      ...hostileTexts,
    ],
    values: ['payload', '__proto__', ...hostileTexts],
    valuesType: ['msg', 'jsonata', 'json', 'x'],
    deliver: ['list', 'parts', 'x'],
    by: ['size', 'pages', 'job', '__proto__'],
    repeat: ['tell', 'stop', 'anew', 'constructor'],
    limit: edges,
    partSize: edges,
    bulkFrom: edges,
  },
  'ownership-guard': {
    system: ['crm', 'constructor', ...hostileTexts],
    object: ['account', ...hostileTexts],
    key: ['payload.id', '__proto__', ...hostileTexts],
    keyType: ['msg', 'jsonata', 'x'],
    owners: ['{"name":"crm"}', '{"__proto__":"crm"}', '{"name":1}', '[]', 'null', ...hostileTexts],
    keep: ['id, code', '__proto__', ...hostileTexts],
    pass: ['changed', 'owned', 'x'],
    others: ['leave-out', 'stop', '__proto__'],
    forget: ['payload.IsDeleted = true', ...hostileTexts],
    forgetType: ['jsonata', 'msg', 'x'],
  },
  'entity-crosswalk': {
    table: ['tax-code', 'constructor', ...hostileTexts],
    fromSystem: ['crm', '*', ...hostileTexts],
    toSystem: ['erp', '*', '__proto__', ...hostileTexts],
    value: ['payload.id', '__proto__', ...hostileTexts],
    valueType: ['msg', 'jsonata', 'x'],
    date: ['', 'payload.date', '$now()', ...hostileTexts],
    dateType: ['msg', 'jsonata', 'x'],
    result: ['payload.id', 'payload.constructor.x', '_msgid', 'payload.a.b.c', ...hostileTexts],
  },
  'erp-lookup': {
    connection: ['netsuite', 'kantata', '__proto__'],
    what: ['invoices', 'time', 'customer', 'period', 'finances', 'x', '__proto__'],
    project: ['payload.project.code', '__proto__', ...hostileTexts],
    projectType: ['msg', 'jsonata', 'str', 'x'],
    account: ['payload.customer.code', ...hostileTexts],
    legalEntity: ['payload.legalEntity', ...hostileTexts],
    day: ['payload.day', ...hostileTexts],
    byDay: [true, 'x', null],
  },
  'erp-customer-change': {
    connection: ['netsuite', 'kantata', '__proto__'],
    entities: ['payload.entities.legalEntity', '["DE01"]', '__proto__', ...hostileTexts],
    entitiesType: ['jsonata', 'msg', 'json', 'x'],
  },
  'erp-customer-in': {
    connection: ['netsuite', 'kantata', '__proto__'],
    intervalSeconds: edges,
    since: ['', '2026-01-01', ...hostileTexts],
  },
  'erp-invoice-in': {
    connection: ['netsuite', 'kantata', '__proto__'],
    intervalSeconds: edges,
    since: ['', '2026-01-01', ...hostileTexts],
  },
  'salesforce-invoice-status': {
    connection: ['salesforce', 'netsuite'],
    sobject: ['Opportunity', ...hostileTexts],
    keyField: ['Id', ...hostileTexts],
    key: ['payload.id', ...hostileTexts],
    keyType: ['msg', 'jsonata', 'x'],
    fields: ['{"A":"id","B":"version"}', '{"__proto__":"id","B":"version"}', '[]', '{', ...hostileTexts],
  },
  'psa-invoice-status': {
    connection: ['kantata', 'netsuite'],
    key: ['payload.id', ...hostileTexts],
    keyType: ['msg', 'jsonata', 'x'],
    fields: ['{"A":"id","B":"version"}', '{"__proto__":"id","B":"version"}', '[]', '{', ...hostileTexts],
  },
  'salesforce-upsert': {
    connection: ['salesforce', 'netsuite'],
    sobject: ['Opportunity', ...hostileTexts],
    externalIdField: ['Id', ...hostileTexts],
    records: ['payload', ...hostileTexts],
    recordsType: ['msg', 'jsonata', 'x'],
  },
  'psa-connection': {
    system: ['kantata', 'x', '__proto__'],
    baseUrl: ['http://127.0.0.1:9', ...hostileTexts],
    settleAfterMs: edges,
    approverIds: hostileTexts,
    serviceName: hostileTexts,
  },
  'system-connection': {
    system: ['netsuite', 'kantata', 'x', '__proto__', ...hostileTexts],
    schema: [1, 2, 3, ...edges],
    former: ['', 'erp-connection', 'constructor', ...hostileTexts],
    netsuiteConcurrency: edges,
    netsuiteAccountId: hostileTexts,
    netsuiteBaseUrl: ['http://127.0.0.1:9', ...hostileTexts],
  },
};

/** A deploy of one node whose settings are at their edges, and a message for it. */
export function settingInput(random: Random, n: number): SettingInput {
  const type = random.pick(Object.keys(settings));
  const node: SettingInput['node'] = { id: 'edge', type };
  for (const [name, values] of Object.entries(settings[type]!)) {
    if (random.chance(30)) continue;
    const value = random.pick(values);
    node[name] = typeof value === 'function' ? (value as (random: Random) => string)(random) : value;
  }
  // what every node has, as an import could bring it
  if (random.chance(30)) node['name'] = random.pick(hostileTexts);
  if (random.chance(10)) node['policy'] = random.pick(['__proto__', 'constructor', 'edge', 'netsuite', {}]);
  return {
    kind: 'setting',
    family: `setting: ${type}${node['expression'] ? ` ${String(node['expression']).slice(0, 40)}` : ''}`,
    node,
    payload: jsonText(timeEntry(markOf(n))),
  };
}
