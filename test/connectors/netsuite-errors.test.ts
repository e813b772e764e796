import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import { classifyAnswer } from '../../connectors/netsuite/classify-answer.ts';
import { meaningByCode, meaningByStatus } from '../../connectors/netsuite/error-table.ts';
import type { FailureClass } from '../../model/failure.ts';

const vendor = new URL('../../../shared/vendor/netsuite/', import.meta.url);
const answer = (status: number, body: unknown) => classifyAnswer({ status, headers: {}, body });
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
  'role without permission, sandbox 2026-08-04 (400, not 403)': { class: 'business.rejected', code: 'USER_ERROR' },
  'date literal not in the account date format in q=': { class: 'business.rejected', code: 'HTTP_400' },
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
});
