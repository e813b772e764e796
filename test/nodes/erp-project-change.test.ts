import declaration from '../../nodes/erp/project-change/declaration.ts';
import { createNetSuite } from '../../connectors/netsuite/connector.ts';
import { changesAProject } from './changes-a-project.ts';

changesAProject(declaration, {
  side: 'erp',
  async firm({ netsuite, urls, credentials }, create) {
    netsuite.definition.load(netsuite, {
      records: {
        customer: ['DE01', 'NL01'].map((entity) => ({
          externalId: `ACC-0100@${entity}`,
          entityId: 'ACC-0100',
          companyName: 'Client',
          subsidiary: { externalId: entity },
        })),
      },
    });
    const { accountId = '', clientId = '', certificateId = '', privateKey = '' } = credentials.netsuite;
    const erp = createNetSuite({ accountId, baseUrl: urls.netsuite, auth: { kind: 'oauth2', clientId, certificateId, privateKey } });
    await create(erp.operations['erp-project.create']);
  },
  end: 'projectedEndDate',
  project: ({ netsuite }) => Object.values(netsuite.state.records['job'] ?? {}).find(({ externalId }) => externalId === 'ENG-0100')!.fields,
});
