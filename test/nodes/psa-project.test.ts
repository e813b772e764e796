import should from 'should';
import declaration from '../../nodes/psa/project/declaration.ts';
import { sampleEngagement } from '../model/sample-engagement.ts';
import { nodeContract } from './node-contract.ts';
import { noEngagement } from './no-engagement.ts';

nodeContract(declaration, { firm: () => undefined, takes: () => ({ payload: sampleEngagement() }), refuses: noEngagement }, (at) => {
  it('makes one workspace for each legal entity, once, and keeps what others have put on the message', async () => {
    await at.deploy();
    const message = () => ({ payload: sampleEngagement({ code: 'ENG-7' }), psa: { demands: ['kept'] } });
    at.receive(message());
    at.receive(message());
    const runs = await at.red.ended(2);
    runs.forEach(({ failure }) => should(failure).equal(undefined));
    const titles = Object.values(at.sandbox.kantata.state.rows['workspaces'] ?? {}).map((row) => String(row['title']));
    titles.filter((title) => /ENG-7\b/.test(title)).should.have.length(2);
    const { demands, projects } = at.out(1)[0]!.psa as { demands: unknown; projects: { code: string }[] };
    projects.map(({ code }) => code).should.deepEqual(['ENG-7', 'ENG-7-NL01']);
    should(demands).deepEqual(['kept']);
  });
});
