import declaration from '../../nodes/psa/project-change/declaration.ts';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { demandsOf } from '../../model/engagement-parts.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { changesAProject } from './changes-a-project.ts';

changesAProject(declaration, {
  side: 'psa',
  async firm({ urls, credentials, kantata }, create) {
    kantata.definition.load(kantata, { roles: [{ id: '501', name: 'Consultant' }], skills: [{ id: '601', name: 'SAP', max_level: 5 }] });
    const psa = createKantata({ baseUrl: `${urls.kantata}/api/v1`, accessToken: credentials.kantata['accessToken'] ?? '' });
    await create(psa.operations['psa-project.create']);
    await create((_projects, context) => psa.operations['staffing.request'](demandsOf(sampleEngagement()), context));
  },
  end: 'due_date',
  project: ({ kantata }) => Object.values(kantata.state.rows['workspaces'] ?? {}).find((row) => /^ENG-0100 /.test(String(row['title'])))!,
});
