import declaration from '../../nodes/psa/project-change/declaration.ts';
import { createKantata } from '../../connectors/kantata/connector.ts';
import { changesAProject } from './changes-a-project.ts';

changesAProject(declaration, {
  side: 'psa',
  async firm({ urls, credentials }, create) {
    const psa = createKantata({ baseUrl: `${urls.kantata}/api/v1`, accessToken: credentials.kantata['accessToken'] ?? '' });
    await create(psa.operations['psa-project.create']);
  },
  end: 'due_date',
  project: ({ kantata }) => Object.values(kantata.state.rows['workspaces'] ?? {}).find((row) => /^ENG-0100 /.test(String(row['title'])))!,
});
