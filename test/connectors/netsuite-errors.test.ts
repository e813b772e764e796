import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import { classifyAnswer } from '../../connectors/netsuite/errors.ts';
import { meaningByCode, meaningByStatus } from '../../connectors/netsuite/errors/error-table.ts';
import { defaultPolicy, verdict } from '../../engine/retry-policy.ts';
import { Failure, type FailureClass } from '../../model/failure.ts';

const vendor = new URL('../../../shared/vendor/netsuite/', import.meta.url);
const answer = (status: number, body: unknown, how?: { read: boolean }) => classifyAnswer({ status, headers: {}, body }, how);
const envelope = (status: number, ...details: Record<string, string>[]) =>
  answer(status, { title: 'x', status, 'o:errorDetails': details });

/** Status codes of SuiteTalk that REST web services alone use. */
const restOnly = new Set([
  'CONCURRENCY_LIMIT_EXCEEDED',
  'INVALID_CONTENT',
  'INVALID_PARAMETER',
  'INVALID_METHOD',
  'NONEXISTENT_ID',
  'IDEMPOTENCY_ERROR',
  'COLLISION',
  // seen in answers of public clients' tests and of the live query service
  'INVALID_HEADER',
  'INVALID_QUERY',
  'INVALID_RECORD_TYPE',
  'NONEXISTENT_FIELD',
]);

/** What each observed or documented case means to the firm. */
const observed: Record<string, { class: FailureClass; code: string; field?: string }> = {
  'expense report line with a project that does not allow expenses': {
    class: 'business.rejected',
    code: 'USER_ERROR',
    field: 'expense.items[2]',
  },
  'create of an entity that already exists': { class: 'business.rejected', code: 'USER_ERROR' },
  'required field missing': { class: 'business.rejected', code: 'USER_ERROR' },
  'role without permission, sandbox 2026-08-04 (400, not 403)': { class: 'auth.denied', code: 'USER_ERROR' },
  'date literal not in the account date format in q=': { class: 'contract.drift', code: 'HTTP_400' },
  'invalid login': { class: 'auth.denied', code: 'INVALID_LOGIN' },
  'concurrency limit': { class: 'transient.throttled', code: 'CONCURRENCY_LIMIT_EXCEEDED' },
  'record locked by a workflow': { class: 'business.rejected', code: 'USER_ERROR' },
  'bad reference in a field': { class: 'business.rejected', code: 'INVALID_KEY_OR_REF', field: 'entitystatus' },
  'invalid login, response headers only (a different note than the body above)': { class: 'auth.denied', code: 'HTTP_401' },
};

describe('NetSuite errors', () => {
  it('classify every body that was observed in real accounts', function () {
    const file = new URL('error-bodies.observed.json', vendor);
    if (!existsSync(file)) {
      console.warn('SKIPPED: the folder with vendor contracts is absent, NetSuite error bodies are not checked.');
      return this.skip();
    }
    const { bodies } = JSON.parse(readFileSync(file, 'utf8')) as { bodies: { case: string; status: number; body?: unknown }[] };
    bodies.length.should.be.above(0);
    for (const { case: name, status, body } of bodies) {
      const expected = observed[name];
      should.exist(expected, `no expectation for "${name}"`);
      const details = answer(status, body ?? '');
      should({ class: details.class, code: details.code, ...(details.field ? { field: details.field } : {}) }).deepEqual(expected, name);
      should(details.remedy).be.a.String().and.not.be.empty();
    }
  });

  it('know only codes that SuiteTalk has', function () {
    const file = new URL('soap-2017.1/platform.faultTypes.xsd', vendor);
    if (!existsSync(file)) {
      console.warn('SKIPPED: the folder with vendor contracts is absent, NetSuite status codes are not checked.');
      return this.skip();
    }
    const codes = new Set([...readFileSync(file, 'utf8').matchAll(/enumeration value="(\w+)"/g)].map((match) => match[1]));
    Object.keys(meaningByCode)
      .filter((code) => !codes.has(code) && !restOnly.has(code))
      .should.deepEqual([]);
  });

  for (const [code, meaning] of Object.entries(meaningByCode)) {
    it(`tell ${code} as ${meaning.class} from its code alone, in any language`, () => {
      const details = envelope(400, {
        detail: 'Fehler beim Zugriff auf eine Ressource.',
        'o:errorCode': code,
        'o:errorPath': 'subsidiary',
      });
      should(details).containEql({ class: meaning.class, code, field: 'subsidiary', remedy: meaning.remedy, status: 400 });
    });
  }

  for (const [status, meaning] of Object.entries(meaningByStatus)) {
    it(`tell an answer ${status} without a body of NetSuite's as ${meaning.class}`, () => {
      answer(Number(status), '<html>gateway</html>').should.containEql({
        class: meaning.class,
        code: `HTTP_${status}`,
        status: Number(status),
      });
    });
  }

  it('take a missing subsidiary in Italian for a business refusal', () => {
    envelope(400, { detail: 'Inserire il/i valore/i:Controllata principale', 'o:errorCode': 'USER_ERROR' }).class.should.equal(
      'business.rejected',
    );
  });

  it('take maintenance for an unavailable system, whatever its code', () => {
    envelope(503, {
      detail: 'The account you are trying to access is currently unavailable.',
      'o:errorCode': 'USER_ERROR',
    }).class.should.equal('transient.unavailable');
  });

  it('read the flat envelope of older releases and the one of RESTlets', () => {
    answer(400, { 'o:errorCode': 'RCRD_HAS_BEEN_CHANGED', title: 'Record has been changed' }).class.should.equal('conflict.stale');
    answer(400, { error: { code: 'SSS_REQUEST_LIMIT_EXCEEDED', message: 'x' } }).class.should.equal('transient.throttled');
  });

  it('list every problem when an answer has several', () => {
    const details = envelope(
      400,
      { detail: 'one', 'o:errorCode': 'INVALID_CONTENT', 'o:errorPath': 'item' },
      { detail: 'two', 'o:errorCode': 'USER_ERROR', 'o:errorPath': 'employee' },
    );
    should(details.issues?.map((issue) => `${issue.code} ${issue.field}`)).deepEqual(['INVALID_CONTENT item', 'USER_ERROR employee']);
  });

  for (const code of [
    'INVALID_ID',
    'INVALID_HEADER',
    'INVALID_REQUEST',
    'INVALID_QUERY',
    'INVALID_VALUE',
    'INVALID_FLD_VALUE',
    'DUPLICATE_KEYS',
  ]) {
    it(`take ${code} for a request that is wrong, not for a refused record`, () => {
      envelope(400, { detail: 'x', 'o:errorCode': code }).class.should.equal('contract.invalid');
    });
  }

  it('know what a code that is not listed means by its family', () => {
    const classOf = (code: string) => envelope(400, { detail: 'x', 'o:errorCode': code }).class;
    classOf('INVALID_PHONE_NUMBER').should.equal('contract.invalid');
    classOf('INVALID_SRCH_COL').should.equal('contract.drift');
    classOf('WS_PERMISSION_REQD').should.equal('auth.denied');
    classOf('DUP_ITEM').should.equal('conflict.duplicate');
    classOf('DEPT_REQD').should.equal('business.rejected');
    classOf('SOMETHING_ELSE').should.equal('business.rejected');
  });

  it('leave an unknown code to the status', () => {
    const classOf = (status: number) => envelope(status, { detail: 'x', 'o:errorCode': 'A_NEW_CODE' }).class;
    [408, 409, 410, 423, 429, 500, 502, 521]
      .map(classOf)
      .should.deepEqual([
        'transient.timeout',
        'conflict.stale',
        'mapping.missing',
        'transient.locked',
        'transient.throttled',
        'transient.unavailable',
        'transient.unavailable',
        'transient.unavailable',
      ]);
  });

  it('take the code of the envelope where the details have none, and theirs where they have one', () => {
    const both = { title: 'x', status: 400, 'o:errorCode': 'RCRD_HAS_BEEN_CHANGED' };
    answer(400, { ...both, 'o:errorDetails': [{ detail: 'x' }] }).should.containEql({
      class: 'conflict.stale',
      code: 'RCRD_HAS_BEEN_CHANGED',
    });
    answer(400, { ...both, 'o:errorDetails': [] }).code.should.equal('RCRD_HAS_BEEN_CHANGED');
    answer(400, { ...both, 'o:errorDetails': ['oops', { 'o:errorCode': 'DUP_RCRD' }] }).class.should.equal('conflict.duplicate');
  });

  it('take a query that is refused without a code for one that NetSuite cannot read', () => {
    const nameless = { 'o:errorDetails': [{ detail: 'Invalid search query.' }] };
    answer(400, nameless, { read: true }).class.should.equal('contract.drift');
    answer(400, nameless, { read: false }).class.should.equal('business.rejected');
  });

  for (const [words, code] of [
    ['Error while accessing a resource. This record has been locked by a user defined workflow.', 'USER_ERROR'],
    ['Dieser Datensatz wurde durch einen benutzerdefinierten Workflow gesperrt.', 'USER_ERROR'],
    ['Cet enregistrement a été verrouillé par un workflow défini par l’utilisateur.', 'USER_ERROR'],
    ['Este registro está bloqueado.', 'USER_ERROR'],
    ['このレコードはロックされています。', 'USER_ERROR'],
    ['Il ruolo non lo consente.', 'USER_ERROR'],
    ['Il record è bloccato.', 'RCRD_LOCKED_BY_WF'],
  ] as const) {
    it(`try a read again that is refused as ${code} with "${words}", and end with these words`, () => {
      for (const status of [400, 403]) {
        const refused = { 'o:errorDetails': [{ detail: words, 'o:errorCode': code }] };
        const failure = new Failure(answer(status, refused, { read: true }));
        failure.class.should.equal('transient.locked');
        const tried = verdict(failure, 1, defaultPolicy);
        should(tried).containEql({ park: false, free: false });
        const ended = verdict(failure, defaultPolicy.maxAttempts, defaultPolicy);
        should(ended.park && ended.failure.message).equal(`NetSuite: ${words}`);
      }
      answer(400, { 'o:errorDetails': [{ detail: words, 'o:errorCode': code }] }, { read: false }).class.should.equal('business.rejected');
    });
  }

  it('take a read for denied only by the codes that NetSuite has for it, or where it names the permission', () => {
    const classOf = (code: string, detail = 'Keine Berechtigung.') =>
      answer(400, { 'o:errorDetails': [{ detail, 'o:errorCode': code }] }, { read: true }).class;
    for (const code of ['INSUFFICIENT_PERMISSION', 'PERMISSION_VIOLATION', 'INVALID_LOGIN', 'WS_PERMISSION_REQD']) {
      classOf(code).should.equal('auth.denied');
    }
    classOf('USER_ERROR', 'Your current role does not have permission to perform this action.').should.equal('auth.denied');
    // maintenance is what its status says
    answer(503, { 'o:errorDetails': [{ detail: 'x', 'o:errorCode': 'USER_ERROR' }] }, { read: true }).class.should.equal(
      'transient.unavailable',
    );
  });

  it('advise to open a period only where NetSuite says that one is closed', () => {
    for (const [code, { remedy }] of Object.entries(meaningByCode)) {
      if (/\b(?:re)?open\b/i.test(remedy)) code.should.match(/CLOSED/);
    }
  });
});
