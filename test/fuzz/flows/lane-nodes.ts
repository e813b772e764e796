import { type FlowNode, type Lane, node } from './flow-node.ts';

/** A deal and a time entry that go all the way, with connections of their own. */
export function laneNodes(lane: Lane, z: string): FlowNode[] {
  const id = (name: string) => `${z}-${name}`;
  const connection = (system: keyof Lane) => ({ connection: id(system) });
  return [
    { id: z, type: 'tab', label: z },
    // a name that is a node's id would be a reference for Node-RED
    {
      id: id('salesforce'),
      type: 'salesforce-connection',
      name: `${z} salesforce`,
      environment: 'SALESFORCE',
      loginUrl: lane.salesforce,
      flow: Number(z.slice(4)) % 2 === 0 ? 'jwt-bearer' : 'username-password',
      audience: '',
      apiVersion: '66.0',
    },
    {
      id: id('netsuite'),
      type: 'erp-connection',
      name: `${z} netsuite`,
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
      name: `${z} kantata`,
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
    node(z, id('tell'), 'salesforce-upsert', [[id('whole')]], {
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
    // a deal that has gone through all three systems
    node(z, id('whole'), 'fuzz-listener', []),
    // the first lane's systems are polled too
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
