import 'should';
import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import type { HttpRequest } from '../../connectors/http/http-call.ts';
import { classify } from '../../connectors/kantata/errors.ts';
import { errorTable, unnamedRefusal, unnamedServerError } from '../../connectors/kantata/errors/error-table.ts';
import { kantataSettings } from '../../connectors/kantata/settings.ts';
import { idOf, parseEnvelope } from '../../connectors/kantata/wire/envelope.ts';
import { Failure } from '../../model/failure.ts';
import { inGerman } from '../model/in-german.ts';

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

  describe('read in German', () => {
    const thrownBy = (act: () => unknown): Failure => {
      try {
        act();
      } catch (error) {
        return Failure.from(error);
      }
      throw new Error('nothing was thrown');
    };
    const refused = (status: number, body: unknown) => new Failure(classify(answer(status, body), post({})));

    it('every refusal has a German message and remedy, beside what Kantata said as it is', () => {
      for (const rule of errorTable) {
        const body = { errors: [{ type: 'system', message: 'Nope __refusal__ $&', field: rule.fields?.[0] }] };
        const refusal = refused(rule.status, body);
        refusal.message.should.startWith(`${rule.message} Kantata says: "Nope __refusal__ $&".`);
        const [read, own] = [inGerman(refusal), inGerman(rule)];
        should([own.message === rule.message, own.remedy === rule.remedy]).deepEqual([false, false], rule.code);
        read.message.should.startWith(`${own.message} Kantata sagt: „Nope __refusal__ $&“.`);
        should(read.remedy).equal(own.remedy);
      }
      for (const rule of [unnamedServerError, unnamedRefusal])
        should(inGerman(rule)).not.eql({ message: rule.message, remedy: rule.remedy });
    });

    it('so has one for which Kantata said nothing, with the number of the request for its support', () => {
      const { message } = refused(500, '<html>oops</html>');
      message.should.equal('Kantata failed with an error of its own. (request r-1)');
      inGerman(refused(500, '<html>oops</html>')).message.should.equal('Kantata ist an einem eigenen Fehler gescheitert. (Anfrage r-1)');
      inGerman(refused(412, '')).message.should.equal('Der Datensatz wurde in Kantata im selben Moment geändert.');
      refused(503, { errors: [{ message: 'One' }, { message: 'two' }] }).message.should.equal(
        'Kantata is not available at the moment. Kantata says: "One", "two". (request r-1)',
      );
      inGerman(refused(503, { errors: [{ message: 'One' }, { message: 'two' }] })).message.should.equal(
        'Kantata ist derzeit nicht verfügbar. Kantata sagt: „One“, „two“. (Anfrage r-1)',
      );
    });

    it('so has each of several problems of one record: what Kantata says of it, or what it means', () => {
      const errors = [{ field: 'due_date', message: 'is odd' }, { field: 'title' }];
      const { issues = [] } = refused(422, { errors });
      should(issues.map(({ message }) => message)).eql(['is odd', 'Kantata refused the title.']);
      should(issues.map(inGerman)).eql([
        { message: 'is odd', remedy: 'Korrigieren Sie Beginn und Ende im Quelldatensatz.' },
        {
          message: 'Kantata hat den Titel abgelehnt.',
          remedy:
            'Korrigieren oder kürzen Sie den Namen des Projekts oder der Aufgabe im Quelldatensatz; der Titel besteht aus Code und Name.',
        },
      ]);
    });

    it('settings that cannot work are told', () => {
      const wrong: [object, string, string][] = [
        [{ accessToken: ' ' }, 'accessToken', 'Die Kantata-Verbindung hat kein Zugriffstoken.'],
        [{ accessToken: 't', serviceName: 'a,b' }, 'serviceName', '„a,b“ enthält ein Komma.'],
        [{ accessToken: 't', approverIds: ['7', 'Kim'] }, 'approverIds', '„Kim“ ist keine Benutzer-ID von Kantata.'],
      ];
      for (const [config, field, message] of wrong) {
        const failure = thrownBy(() => kantataSettings(config as never));
        should(failure.field).equal(field);
        inGerman(failure).message.should.equal(message);
      }
    });

    it('an answer of another form, and one that is not the whole list, say what is missing', () => {
      inGerman(thrownBy(() => parseEnvelope({}, 'workspaces'))).should.eql({
        message: 'Die Antwort hat keine Liste von Ergebnissen.',
        remedy: 'Prüfen Sie, ob die Adresse in der Verbindung die der Kantata-OX-API, Version 1, ist.',
      });
      inGerman(thrownBy(() => idOf({}, 'a task'))).message.should.equal('Der Datensatz hat keine ID.');
      const parts: [unknown, string, string][] = [
        ['', 'nothing at all', 'gar nichts'],
        [{ results: [{ key: 'stories', id: '7' }] }, 'stories 7 named and not in it', 'stories 7 ist genannt, aber nicht darin'],
        [{ results: [], count: 3, meta: { count: 4 } }, 'two counts, 3 and 4', 'zwei Anzahlen, 3 und 4'],
      ];
      for (const [body, english, german] of parts) {
        const failure = thrownBy(() => parseEnvelope(body, 'stories'));
        failure.message.should.equal(`The list of stories came with ${english}. It is not taken for the whole.`);
        inGerman(failure).message.should.equal(`Die Liste (stories) kam unvollständig: ${german}. Sie wird nicht für das Ganze genommen.`);
      }
    });
  });
});
