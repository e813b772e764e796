import 'should';
import should from 'should';
import { AdminClient } from '../../console/admin-client.ts';
import { ApiTrouble } from '../../console/json-client.ts';
import { troubleText } from '../../console/view-models/trouble-text.ts';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { inWords } from '../../model/failure-words.ts';
import { ApiProblem } from '../../runtime/admin-api/route.ts';
import { languageOf } from '../../model/failure-sentence.ts';
import { textIn } from '../../console/words.ts';
import english from '../../locales/en-US/ps-connect.json' with { type: 'json' };

const words = (key: string, values?: Record<string, string | number>) => textIn(english.console, key, values);

function client(answer: () => Response, token?: string) {
  const sent: { url: string; init: RequestInit }[] = [];
  const api = new AdminClient({
    base: '/admin/ps-connect/api/v1/',
    token: () => token,
    fetch: async (url, init) => {
      sent.push({ url: String(url), init: init ?? {} });
      return answer();
    },
  });
  return { api, sent };
}

async function saidOf(answer: () => Response, failures = languageOf('en-US', {})): Promise<string> {
  const { api } = client(answer);
  try {
    await api.get('runs');
  } catch (error) {
    return troubleText({ words, failures }, error);
  }
  throw new Error('it answered');
}

describe('the console speaking with the admin API', () => {
  it('sends the access token of the editor, read at each request', async () => {
    const { api, sent } = client(() => Response.json([]), 'secret');
    await api.get('runs', { status: '', search: 'ENG 1&2', before: undefined, limit: 51 });
    should(sent[0]?.url).equal('/admin/ps-connect/api/v1/runs?search=ENG+1%262&limit=51');
    should(sent[0]?.init.headers).have.property('authorization', 'Bearer secret');
  });

  it('sends no token where none is needed', async () => {
    const { api, sent } = client(() => Response.json([]));
    await api.get('runs');
    should(sent[0]?.init.headers).not.have.property('authorization');
  });

  it('says to sign in when the API does not know who asks', async () => {
    (await saidOf(() => new Response('Unauthorized', { status: 401 }))).should.equal(english.console.trouble.signIn);
  });

  it('says in the words of the API what is wrong and what to do', async () => {
    const body = { message: 'The disk is full.', failure: { class: 'transient.unavailable', remedy: 'Free some space.' } };
    (await saidOf(() => Response.json(body, { status: 503 }))).should.equal('The disk is full. Free some space.');
  });

  it('says in the language of who reads what the API refuses, and what a failure of the engine says', async () => {
    const { status, message, words: ofProblem } = new ApiProblem(409, inWords('API.run-ended'));
    const refused = () => Response.json({ message, words: ofProblem }, { status });
    (await saidOf(refused)).should.equal('The run has ended already.');
    (await saidOf(refused, languageOf('de', german))).should.equal('Der Lauf ist schon beendet.');
    const failure = { class: 'internal', ...inWords('MORE', { left: 3 }) };
    const failed = () => Response.json({ message: failure.message, failure }, { status: 503 });
    (await saidOf(failed)).should.equal('There are 3 more. Mend these first.');
    (await saidOf(failed, languageOf('de', german))).should.equal('Es gibt 3 weitere. Beheben Sie zuerst diese.');
  });

  it('has words for an answer without any', async () => {
    (await saidOf(() => new Response('<html>Bad gateway</html>', { status: 502 }))).should.match(/HTTP 502/);
  });

  it('takes the page of a proxy in place of an answer for what it is', async () => {
    const { api } = client(() => new Response('<html>Sign in to the company</html>', { status: 200 }));
    await api.get('runs').should.be.rejectedWith(ApiTrouble);
  });

  it('says that Node-RED does not answer when there is no answer at all', async () => {
    (
      await saidOf(() => {
        throw new TypeError('Failed to fetch');
      })
    ).should.equal(english.console.trouble.unreachable);
  });

  it('takes a table as a file, whole or not at all', async () => {
    const type = 'application/vnd.apache.parquet';
    const file = (body: BodyInit, headers = { 'content-type': type }) => new Response(body, { headers });
    const { api, sent } = client(() => file('PAR1…PAR1'), 'secret');
    (await (await api.parquet('exports/board', { stage: 'won', search: '' })).text()).should.equal('PAR1…PAR1');
    should(sent[0]?.url).equal('/admin/ps-connect/api/v1/exports/board?stage=won');
    should(sent[0]?.init.headers).containDeep({ accept: type, authorization: 'Bearer secret' });
    const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError('terminated')) });
    for (const answer of [
      () => file(broken),
      () => file('<html>Sign in to the company</html>', { 'content-type': 'text/html' }),
      () => Response.json({ message: 'target: 1e-12 does not fit.' }, { status: 409 }),
    ])
      await client(answer).api.parquet('exports/board', {}).should.be.rejectedWith(ApiTrouble);
  });
});
