import { dealId } from '../inputs/samples.ts';
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
      type: 'system-connection',
  system: 'salesforce',
      name: `${z} salesforce`,
      salesforceEnvironment: 'SALESFORCE',
      salesforceLoginUrl: lane.salesforce,
      salesforceFlow: Number(z.slice(4)) % 2 === 0 ? 'jwt-bearer' : 'username-password',
      salesforceAudience: '',
      salesforceApiVersion: '66.0',
    },
    {
      id: id('netsuite'),
      type: 'system-connection',
      name: `${z} netsuite`,
      netsuiteEnvironment: 'NETSUITE',
      system: 'netsuite',
      netsuiteAccountId: '',
      netsuiteBaseUrl: lane.netsuite,
      netsuiteAuth: Number(z.slice(4)) % 2 === 0 ? 'oauth2' : 'tba',
      netsuiteServiceItem: 'SVC-CONSULTING',
      netsuiteConcurrency: 4,
      netsuiteApprovalStatus: '',
      netsuiteProjectExpenseType: '',
    },
    {
      id: id('kantata'),
      type: 'system-connection',
      name: `${z} kantata`,
      kantataEnvironment: 'KANTATA',
      system: 'kantata',
      kantataBaseUrl: `${lane.kantata}/api/v1`,
      kantataApproverIds: '',
      kantataSettleAfterMs: 100,
      kantataServiceName: '',
    },
    node(z, id('deal'), 'erp-customer', [[id('project')]], connection('netsuite')),
    node(z, id('project'), 'erp-project', [[id('psa')]], connection('netsuite')),
    node(z, id('psa'), 'psa-project', [[id('staffing')]], connection('kantata')),
    node(z, id('staffing'), 'psa-staffing-demand', [[id('tell')]], connection('kantata')),
    node(z, id('tell'), 'salesforce-upsert', [[id('whole')]], {
      ...connection('salesforce'),
      sobject: 'Opportunity',
      externalIdField: 'Id',
      records: `{"Id": "${dealId}", "Integration_Message__c": payload.code}`,
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
          node(z, id('booked'), 'psa-assignment-in', [[id('heard')]], {
            ...connection('kantata'),
            intervalSeconds: 1,
            since: '2026-01-01',
          }),
        ]
      : []),
  ];
}
