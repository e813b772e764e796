import 'should';
import { createKantata } from '../../connectors/kantata/connector.ts';
import type { Failure } from '../../model/failure.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { call, failureOf, project, startKantata } from './kantata-sandbox.ts';

describe('Kantata: its connection', () => {
  let kantata: Awaited<ReturnType<typeof startKantata>>;
  beforeEach(async () => {
    kantata = await startKantata();
  });
  afterEach(() => kantata.stop());

  it('asks once more after a refused token, then says that it was revoked', async () => {
    kantata.fault({ kind: 'status', status: 401, body: { errors: [{ type: 'oauth', message: 'Invalid OAuth 2 Request' }] } });
    const psa = kantata.connect();
    (await psa.test()).ok.should.be.true();
    kantata.fault({ kind: 'expireToken' });
    const failure = await failureOf(psa.operations['psa-project.create']([project], call(new InMemoryEffects())));
    failure.should.have.properties({ class: 'auth.denied', code: 'TOKEN_REFUSED', status: 401 });
    JSON.stringify(psa.health()).should.not.containEql('kantata-sandbox');
    const tested = await psa.test();
    tested.ok.should.be.false();
    tested.message.should.match(/does not accept the access token.*Authorise again/);
    (psa.health() as { lastFailure: { class: string } }).lastFailure.class.should.equal('auth.denied');
  });

  it('says who it is connected as', async () => {
    (await kantata.connect().test()).message.should.match(/Connected to Kantata OX at 127\.0\.0\.1:\d+ as Sandbox Administrator/);
  });

  it('names the field that is wrong', async () => {
    const wrong = (change: object) => {
      try {
        createKantata({ accessToken: 'x', ...change });
      } catch (error) {
        const failure = error as Failure;
        return `${failure.class} ${failure.field}`;
      }
      return 'taken';
    };
    wrong({}).should.equal('taken');
    wrong({ accessToken: ' ' }).should.equal('contract.invalid accessToken');
    wrong({ baseUrl: 'http://kantata.example/api/v1' }).should.equal('contract.invalid url');
    wrong({ approverIds: ['jane'] }).should.equal('contract.invalid approverIds');
    wrong({ concurrency: 0 }).should.equal('contract.invalid concurrency');
    wrong({ settleAfterMs: -1 }).should.equal('contract.invalid settleAfterMs');
    wrong({ serviceName: 'a,b' }).should.equal('contract.invalid serviceName');
  });
});
