import { takers } from '../inputs/message-inputs.ts';
import { type FlowNode, node } from './flow-node.ts';

/** Each action node behind an http-in of its own; everything that comes out, and every failure, is heard. */
export function messageNodes(): FlowNode[] {
  const z = 'fuzz-messages';
  const connection = (id: string) => ({ connection: `psc-${id}` });
  const asked = {
    ...{ project: 'payload.project.code', projectType: 'msg', account: 'payload.customer.code', accountType: 'msg' },
    ...{ legalEntity: 'payload.legalEntity', legalEntityType: 'msg', day: 'payload.workDate', dayType: 'msg' },
  };
  const of: Record<string, [type: string, outputs: number, more: object]> = {
    map: [
      'canonical-map',
      1,
      { contract: 'none', preset: 'custom', expression: '{"id": payload.id, "all": payload, "text": $string(payload)}' },
    ],
    'map-preset': ['canonical-map', 1, { contract: 'engagement', preset: 'opportunity-to-engagement' }],
    'check-engagement': ['contract-check', 2, { contract: 'engagement' }],
    'check-time': ['contract-check', 1, { contract: 'time-entry' }],
    customer: ['erp-customer', 1, connection('netsuite')],
    'change-customer': ['erp-customer-change', 1, { ...connection('netsuite'), entities: '["DE01"]', entitiesType: 'json' }],
    'look-invoices': ['erp-lookup', 2, { ...connection('netsuite'), what: 'invoices', ...asked }],
    'look-time': ['erp-lookup', 2, { ...connection('netsuite'), what: 'time', byDay: true, ...asked }],
    'look-customer': ['erp-lookup', 2, { ...connection('netsuite'), what: 'customer', ...asked }],
    'look-period': ['erp-lookup', 2, { ...connection('netsuite'), what: 'period', ...asked }],
    'look-finances': ['erp-lookup', 2, { ...connection('netsuite'), what: 'finances', ...asked }],
    project: ['erp-project', 1, connection('netsuite')],
    'psa-project': ['psa-project', 1, connection('kantata')],
    staffing: ['psa-staffing-demand', 1, connection('kantata')],
    schedule: ['erp-billing-schedule', 1, connection('netsuite')],
    milestone: ['erp-milestone', 1, connection('netsuite')],
    'show-erp': ['erp-project-change', 1, { ...connection('netsuite'), action: 'show' }],
    'make-erp': ['erp-project-change', 1, { ...connection('netsuite'), action: 'apply' }],
    'show-psa': ['psa-project-change', 1, { ...connection('kantata'), action: 'show' }],
    'make-psa': ['psa-project-change', 1, { ...connection('kantata'), action: 'apply' }],
    post: ['erp-post-timesheet', 2, { ...connection('netsuite'), batchSize: 20, batchSeconds: 0.2, schedule: '' }],
    assignment: ['erp-assignment', 1, connection('netsuite')],
    availability: [
      'psa-availability',
      1,
      {
        ...connection('kantata'),
        ...{ from: 'payload.start', fromType: 'msg', to: 'payload.end', toType: 'msg', role: 'payload.role', roleType: 'msg' },
        ...{ skills: 'payload.skills', skillsType: 'msg', region: 'payload.region', regionType: 'msg' },
        ...{ unit: 'week', leastHours: 0, mostPeople: 20 },
      },
    ],
    utilization: [
      'psa-utilization',
      1,
      {
        ...connection('kantata'),
        ...{ from: 'payload.start', fromType: 'msg', to: 'payload.end', toType: 'msg', role: 'payload.role', roleType: 'msg' },
        ...{ skills: 'payload.skills', skillsType: 'msg', region: 'payload.region', regionType: 'msg', listedPeople: 20 },
      },
    ],
    'check-expense': ['contract-check', 1, { contract: 'expense' }],
    'post-expense': ['erp-post-expense', 2, { ...connection('netsuite'), batchSize: 20, batchSeconds: 0.2, schedule: '', receipts: false }],
    upsert: [
      'salesforce-upsert',
      1,
      { ...connection('salesforce'), sobject: 'Opportunity', externalIdField: 'Id', records: 'payload', recordsType: 'msg' },
    ],
    query: [
      'salesforce-query',
      2,
      { ...connection('salesforce'), query: 'SELECT Id FROM Account WHERE Name = :id OR Name = :name', values: 'payload', valuesType: 'msg' },
    ],
    guard: ['ownership-guard', 2, { key: 'payload.id', keyType: 'msg', owners: '{"name":"crm","amount":"crm","__proto__":"erp"}' }],
    crosswalk: ['entity-crosswalk', 1, { value: 'payload.id', valueType: 'msg', date: '$substring(payload.date, 0, 10)', dateType: 'jsonata' }],
    'check-invoice': ['contract-check', 2, { contract: 'invoice' }],
    'invoice-crm': [
      'salesforce-invoice-status',
      1,
      {
        ...connection('salesforce'),
        ...{ sobject: 'Opportunity', keyField: 'Engagement_Code__c', key: 'payload.project.code', keyType: 'msg' },
        fields: '{"Invoice_Id__c":"id","Invoice_Version__c":"version","Invoice_Date__c":"invoiceDate"}',
      },
    ],
    'invoice-psa': [
      'psa-invoice-status',
      1,
      { ...connection('kantata'), key: 'payload.project.code', keyType: 'msg', fields: '{"Invoice id":"id","Invoice version":"version","Invoice date":"invoiceDate"}' },
    ],
    approval: [
      'run-approval',
      4,
      {
        title: 'payload.name & payload.id',
        titleType: 'jsonata',
        details: 'payload',
        detailsType: 'msg',
        autoApprove: 'payload.minutes > 0',
        autoApproveType: 'jsonata',
        expiresAfterHours: 0,
        onExpiry: 'reject',
        escalateAfterHours: 0,
      },
    ],
    compensate: ['run-compensate', 2, { title: 'payload.id', titleType: 'msg' }],
    'wait-for': ['run-wait', 1, { mode: 'for', amount: 1, unit: 'seconds' }],
    'wait-until': ['run-wait', 1, { mode: 'until', until: 'payload.until', untilType: 'msg' }],
    dead: ['dead-letter', 1, { reason: 'fuzz', emit: 'none' }],
  };
  return [
    { id: z, type: 'tab', label: 'Messages' },
    node(z, 'messages-heard', 'fuzz-listener', []),
    node(z, 'messages-catch', 'catch', [['messages-heard', 'messages-whole']], { scope: null, uncaught: false }),
    // a debug node would write out all that Node.js keeps of a request, and what we have sent, however large it is; it fails at a status of null
    node(z, 'messages-whole', 'function', [['messages-debug']], {
      func: `delete msg.req; delete msg.res; delete msg.payload; if (msg.status == null) delete msg.status;
        return JSON.stringify(msg).length > 100000 ? { error: msg.error } : msg;`,
      ...{ outputs: 1, initialize: '', finalize: '', libs: [], timeout: 0 },
    }),
    node(z, 'messages-debug', 'debug', [], { active: true, tosidebar: true, console: true, complete: 'true', targetType: 'full' }),
    node(z, 'messages-answer', 'http response', [], { statusCode: '', headers: {} }),
    ...Object.keys(takers).flatMap((id) => {
      const [type, outputs, more] = of[id]!;
      return [
        node(z, `http-${id}`, 'http in', [[`mark-${id}`]], { url: `/in/${id}`, method: 'post', upload: false }),
        node(z, `mark-${id}`, 'function', [[id], ['messages-answer']], {
          func: "msg._msgid = msg.req.headers['x-mark'] || msg._msgid; return [msg, { req: msg.req, res: msg.res, payload: 'ok' }];",
          ...{ outputs: 2, initialize: '', finalize: '', libs: [], timeout: 0 },
        }),
        node(
          z,
          id,
          type,
          Array.from({ length: outputs }, () => ['messages-heard']),
          more,
        ),
      ];
    }),
  ];
}
