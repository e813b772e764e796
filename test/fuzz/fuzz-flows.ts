import { templateFlows } from '../../scripts/start/user-dir.ts';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { takers } from './inputs/message-inputs.ts';
import { webhooks } from './inputs/webhook-inputs.ts';

export type FlowNode = Record<string, unknown> & { id: string; type: string };

/** The addresses of one lane's three systems. */
export type Lane = Record<'salesforce' | 'netsuite' | 'kantata', string>;

const policyFields = { maxAttempts: 3, firstDelaySeconds: 0.05, maxDelaySeconds: 0.5, stallAfterMinutes: 1, severity: 'normal' };

/** Every palette node: the templates, what takes events, what takes messages, and lanes whose systems answer as they are told. */
export function fuzzFlows(own: Lane, lanes: Lane[]): FlowNode[] {
  return [...templates(own), ...eventNodes(), ...messageNodes(), ...lanes.flatMap((lane, index) => laneNodes(lane, `lane${index}`))];
}

function node(z: string, id: string, type: string, wires: string[][], more: object = {}): FlowNode {
  return { id, type, z, name: id, x: 100, y: 100, wires, policy: 'fuzz-policy', ...more };
}

/** The template flows as they are, but for their sources, which would read what the lanes write. */
function templates(own: Lane): FlowNode[] {
  const file = (name: string) =>
    JSON.parse(readFileSync(fileURLToPath(new URL(`../../flows/${name}.json`, import.meta.url)), 'utf8')) as FlowNode[];
  const nodes = new Map<string, FlowNode>();
  for (const each of [
    ...templateFlows({ batchSeconds: 0.2, intervalSeconds: 3_600 }),
    ...file('approved-time-by-webhook'),
    ...file('approved-and-compensated'),
  ]) {
    nodes.set(each.id, {
      ...each,
      ...('batchSeconds' in each ? { batchSeconds: 0.2 } : {}),
      ...('intervalSeconds' in each ? { intervalSeconds: 3_600 } : {}),
    });
  }
  for (const each of nodes.values()) {
    if (each.type === 'run-policy') Object.assign(each, policyFields);
    if (each.type.endsWith('-connection')) Object.assign(each, addressOf(each.type, own), { settleAfterMs: 100 });
  }
  return [...nodes.values()];
}

const addressOf = (type: string, lane: Lane): object =>
  type === 'salesforce-connection'
    ? { loginUrl: lane.salesforce }
    : type === 'erp-connection'
      ? { baseUrl: lane.netsuite }
      : { baseUrl: `${lane.kantata}/api/v1` };

function eventNodes(): FlowNode[] {
  const z = 'fuzz-events';
  const fields = {
    keyType: 'jsonata',
    key: 'subject',
    subject: '',
    subjectType: 'jsonata',
    eventId: '',
    eventIdType: 'jsonata',
    eventType: 'com.example.fuzz',
    eventSource: '',
    environment: 'FUZZ_EVENTS',
    signatureHeader: 'X-Hub-Signature-256',
    maxKilobytes: 2_048,
  };
  const to = { standard: 'events-map', hmac: 'events-check', bearer: 'events-approval', none: 'events-wait' };
  return [
    { id: z, type: 'tab', label: 'Events' },
    { id: 'fuzz-policy', type: 'run-policy', name: 'Fuzz', ...policyFields },
    ...(['standard', 'hmac', 'bearer', 'none'] as const).map((kind) =>
      node(z, `in-${kind}`, 'business-event-in', [[to[kind]]], { ...fields, path: webhooks[kind].path, signature: webhooks[kind].scheme }),
    ),
    node(z, 'events-map', 'canonical-map', [['events-engagement']], {
      contract: 'none',
      preset: 'custom',
      expression: '$merge([payload, {"status": "approved"}])',
    }),
    node(z, 'events-engagement', 'contract-check', [['events-heard'], ['events-dead']], { contract: 'engagement' }),
    node(z, 'events-check', 'contract-check', [['events-heard'], ['events-dead']], { contract: 'time-entry' }),
    node(z, 'events-approval', 'run-approval', [['events-heard'], ['events-heard'], ['events-heard'], ['events-heard']], {
      title: 'payload.note & " " & payload.id',
      titleType: 'jsonata',
      details: 'payload',
      detailsType: 'jsonata',
      autoApprove: 'payload.minutes < 100',
      autoApproveType: 'jsonata',
      expiresAfterHours: 1,
      onExpiry: 'reject',
      escalateAfterHours: 0.5,
      severity: 'high',
    }),
    node(z, 'events-wait', 'run-wait', [['events-heard']], { mode: 'for', amount: 1, unit: 'seconds' }),
    node(z, 'events-dead', 'dead-letter', [['events-heard']], { reason: '', emit: 'flow' }),
    node(z, 'events-heard', 'fuzz-listener', []),
    node(z, 'events-catch', 'catch', [['events-heard']], { scope: null, uncaught: false }),
  ];
}

/** Each action node behind an http-in of its own; everything that comes out, and every failure, is heard. */
function messageNodes(): FlowNode[] {
  const z = 'fuzz-messages';
  const connection = (id: string) => ({ connection: `psc-${id}` });
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
    project: ['erp-project', 1, connection('netsuite')],
    'psa-project': ['psa-project', 1, connection('kantata')],
    staffing: ['psa-staffing-demand', 1, connection('kantata')],
    post: ['erp-post-timesheet', 2, { ...connection('netsuite'), batchSize: 20, batchSeconds: 0.2, schedule: '' }],
    upsert: [
      'salesforce-upsert',
      1,
      { ...connection('salesforce'), sobject: 'Opportunity', externalIdField: 'Id', records: 'payload', recordsType: 'msg' },
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
    node(z, 'messages-catch', 'catch', [['messages-heard', 'messages-debug']], { scope: null, uncaught: false }),
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

/** A deal and a time entry that go all the way, with connections of their own. */
function laneNodes(lane: Lane, z: string): FlowNode[] {
  const id = (name: string) => `${z}-${name}`;
  const connection = (system: keyof Lane) => ({ connection: id(system) });
  return [
    { id: z, type: 'tab', label: z },
    {
      id: id('salesforce'),
      type: 'salesforce-connection',
      name: id('salesforce'),
      environment: 'SALESFORCE',
      loginUrl: lane.salesforce,
      flow: Number(z.slice(4)) % 2 === 0 ? 'jwt-bearer' : 'username-password',
      audience: '',
      apiVersion: '66.0',
    },
    {
      id: id('netsuite'),
      type: 'erp-connection',
      name: id('netsuite'),
      environment: 'NETSUITE',
      system: 'netsuite',
      accountId: '',
      baseUrl: lane.netsuite,
      auth: Number(z.slice(4)) % 2 === 0 ? 'oauth2' : 'tba',
      serviceItem: 'SVC-CONSULTING',
      concurrency: 4,
      approvalStatus: '',
      projectExpenseType: '',
    },
    {
      id: id('kantata'),
      type: 'psa-connection',
      name: id('kantata'),
      environment: 'KANTATA',
      system: 'kantata',
      baseUrl: `${lane.kantata}/api/v1`,
      approverIds: '',
      settleAfterMs: 100,
      serviceName: '',
    },
    node(z, id('deal'), 'erp-customer', [[id('project')]], connection('netsuite')),
    node(z, id('project'), 'erp-project', [[id('psa')]], connection('netsuite')),
    node(z, id('psa'), 'psa-project', [[id('staffing')]], connection('kantata')),
    node(z, id('staffing'), 'psa-staffing-demand', [[id('tell')]], connection('kantata')),
    node(z, id('tell'), 'salesforce-upsert', [[id('heard')]], {
      ...connection('salesforce'),
      sobject: 'Opportunity',
      externalIdField: 'Id',
      records: '{"Id": payload.id, "Integration_Message__c": payload.code}',
      recordsType: 'jsonata',
    }),
    node(z, id('time'), 'erp-post-timesheet', [[], [id('heard')]], {
      ...connection('netsuite'),
      batchSize: 1,
      batchSeconds: 0,
      schedule: '',
    }),
    node(z, id('reconcile'), 'reconcile', [[id('heard')], [id('heard')]], {
      psa: id('kantata'),
      erp: id('netsuite'),
      subject: 'time',
      lookbackDays: 35,
    }),
    node(z, id('catch'), 'catch', [[id('heard')]], { scope: null, uncaught: false }),
    node(z, id('heard'), 'fuzz-listener', []),
    // the last lane's systems are polled too
    ...(z === 'lane0'
      ? [
          node(z, id('won'), 'salesforce-opportunity-in', [[id('heard')]], {
            ...connection('salesforce'),
            rule: 'won',
            intervalSeconds: 1,
            since: '2026-01-01',
          }),
          node(z, id('approved'), 'psa-timesheet-in', [[id('heard')]], {
            ...connection('kantata'),
            intervalSeconds: 1,
            since: '2026-01-01',
          }),
        ]
      : []),
  ];
}

/** The Node-RED that is open to all: something to replay, and room for one node whose settings are at their edges. */
export function openFlows(own: Lane, edge?: FlowNode): FlowNode[] {
  const z = 'open';
  return [
    { id: z, type: 'tab', label: 'Open' },
    { id: 'fuzz-policy', type: 'run-policy', name: 'Fuzz', ...policyFields },
    ...(['salesforce', 'netsuite', 'kantata'] as const).map((system): FlowNode => {
      const type = { salesforce: 'salesforce-connection', netsuite: 'erp-connection', kantata: 'psa-connection' }[system];
      const more = {
        salesforce: { flow: 'jwt-bearer', apiVersion: '66.0' },
        netsuite: { system, auth: 'oauth2', concurrency: 4 },
        kantata: { system },
      }[system];
      return { id: system, type, name: system, environment: system.toUpperCase(), ...more, ...addressOf(type, own) };
    }),
    node(z, 'map', 'canonical-map', [['open-check']], { contract: 'none', preset: 'custom', expression: 'payload' }),
    node(z, 'open-check', 'contract-check', [['open-heard']], { contract: 'engagement' }),
    node(z, 'open-heard', 'fuzz-listener', []),
    node(z, 'open-catch', 'catch', [['open-heard']], { scope: null, uncaught: false }),
    ...(edge ? edgeNodes(z, edge) : []),
  ];
}

/** The node itself, or for a configuration node one that uses it; it takes messages as `edge-user`. */
function edgeNodes(z: string, edge: FlowNode): FlowNode[] {
  const wires = [['open-heard'], ['open-heard'], ['open-heard'], ['open-heard']];
  const user: Record<string, FlowNode> = {
    'run-policy': node(z, 'edge-user', 'contract-check', [[]], { contract: 'engagement', policy: 'edge' }),
    'psa-connection': node(z, 'edge-user', 'psa-project', [[]], { connection: 'edge' }),
    'erp-connection': node(z, 'edge-user', 'erp-post-timesheet', [[], []], { connection: 'edge', batchSize: 1, batchSeconds: 0 }),
  };
  const using = user[edge.type];
  if (using) return [{ ...edge, id: 'edge', name: 'edge' }, using];
  return [node(z, 'edge-user', edge.type, wires, { connection: 'netsuite', ...edge, id: 'edge-user', wires })];
}
