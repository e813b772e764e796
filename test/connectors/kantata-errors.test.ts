import 'should';
import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import type { HttpRequest } from '../../connectors/http/http-call.ts';
import { classify } from '../../connectors/kantata/errors.ts';
import { errorTable } from '../../connectors/kantata/errors/error-table.ts';

const contract = new URL('../../../shared/vendor/kantata/kantata-ox.subset.swagger.json', import.meta.url);

const post = (record: Record<string, unknown>): HttpRequest => ({ method: 'POST', url: 'stories', body: { story: record } });
const answer = (status: number, body: unknown) => ({ status, headers: { 'x-request-id': 'r-1' }, body });
const validation = (field: string, message = 'nicht erlaubt') => ({ errors: [{ type: 'validation', message, field }] });

describe('Kantata: what a refusal means', () => {
  for (const rule of errorTable) {
    for (const field of rule.fields ?? [undefined]) {
      it(`${rule.status}${field ? ` about ${field}` : ''} is ${rule.class} ${rule.code}, in whatever language Kantata says it`, () => {
        const body = field ? validation(field) : { errors: [{ type: 'system', message: 'nicht erlaubt' }] };
        const details = classify(answer(rule.status, body), post({ ...(field ? { [field]: '2026-11-20' } : {}) }));
        details.class.should.equal(rule.class);
        details.code.should.equal(rule.code);
        String(details.remedy).should.equal(rule.remedy);
        details.message.should.containEql('nicht erlaubt');
        if (field) {
          String(details.field).should.equal(field);
          String(details.value).should.equal('2026-11-20');
        }
      });
    }
  }

  it('lists every problem of a record that has several', () => {
    const body = { errors: [...validation('due_date').errors, ...validation('title').errors] };
    const details = classify(answer(422, body), post({ title: '', due_date: '2026-01-01' }));
    (details.issues ?? [])
      .map((issue) => [issue.code, issue.field, issue.value])
      .should.deepEqual([
        ['DATES_REFUSED', 'due_date', '2026-01-01'],
        ['TITLE_REFUSED', 'title', ''],
      ]);
  });

  it('treats a server error that is not documented as passing, and names the request for Kantata support', () => {
    const details = classify(answer(500, '<html>oops</html>'), post({}));
    details.class.should.equal('transient.unavailable');
    details.message.should.containEql('r-1');
    classify(answer(418, {}), post({})).class.should.equal('contract.drift');
  });

  it('lets a time-out, a lock and a rush pass, and waits for who has to pay', () => {
    const classOf = (status: number) => classify(answer(status, ''), post({})).class;
    [402, 408, 409, 410, 423, 425, 429, 500, 502, 504, 520]
      .map(classOf)
      .should.deepEqual([
        'auth.denied',
        'transient.timeout',
        'conflict.stale',
        'business.rejected',
        'transient.locked',
        'transient.unavailable',
        'transient.throttled',
        'transient.unavailable',
        'transient.unavailable',
        'transient.timeout',
        'transient.unavailable',
      ]);
  });

  it('reads a record again that changed meanwhile, and leaves what is too much to the person who wrote it', () => {
    const of = (status: number) => {
      const { class: failureClass, code, message } = classify(answer(status, '<html>nginx</html>'), post({}));
      return [failureClass, code, message];
    };
    of(412).should.deepEqual(['conflict.stale', 'CONFLICT', 'The record changed in Kantata at the same moment.']);
    for (const status of [413, 414, 431]) {
      of(status).should.deepEqual(['contract.invalid', 'TOO_LARGE', 'Kantata does not take so much at once.']);
    }
  });

  it('never repeats the value of a long field in full', () => {
    const details = classify(answer(422, validation('title')), post({ title: 'x'.repeat(500) }));
    String(details.value).length.should.equal(120);
  });

  it('understands the bodies that Kantata documents', function () {
    if (!existsSync(contract)) {
      console.warn('\n      !!! SKIPPED: the vendor contract of Kantata is not on this machine !!!');
      this.skip();
    }
    const conventions = JSON.parse(readFileSync(contract, 'utf8'))['x-conventions'] as { errors: { status: number; body: unknown }[] };
    const classes = conventions.errors.map((error) => {
      const details = classify(answer(error.status, error.body), post({ title: '' }));
      return [error.status, details.class, details.code];
    });
    classes.should.deepEqual([
      [401, 'auth.denied', 'TOKEN_REFUSED'],
      [422, 'business.rejected', 'TITLE_REFUSED'],
    ]);
    const second = conventions.errors[1];
    should.exist(second);
    const details = classify(answer(422, second?.body), post({ title: '' }));
    (details.issues ?? []).map((issue) => issue.field).should.deepEqual(['title', 'creator_role']);
  });
});
