import { existsSync, readFileSync } from 'node:fs';
import should from 'should';
import { examineCustomer } from '../../connectors/netsuite/customer-ensure/examine-customer.ts';
import { classifyAnswer } from '../../connectors/netsuite/errors.ts';
import { meaningByCode, meaningByStatus } from '../../connectors/netsuite/errors/error-table.ts';
import { netSuiteSettings } from '../../connectors/netsuite/settings.ts';
import { Limiter } from '../../connectors/http/limiter.ts';
import { PostingGate } from '../../connectors/netsuite/records/posting-gate.ts';
import { mustFit } from '../../connectors/netsuite/unfit/field-limits.ts';
import { LoginRefusals } from '../../connectors/netsuite/wire/login-refusals.ts';
import { column } from '../../connectors/netsuite/wire/suiteql.ts';
import { defaultPolicy, verdict } from '../../engine/retry-policy.ts';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { Failure, type FailureClass } from '../../model/failure.ts';
import { languageOf, type Said, sentence, type Words } from '../../model/failure-sentence.ts';
import { inWords } from '../../model/failure-words.ts';
import { called } from '../../model/record-names.ts';
import type { TimeEntry } from '../../model/types.generated.ts';
import { netsuite } from '../../sandbox/netsuite/definition.ts';
import { InMemoryEffects } from './in-memory-effects.ts';
import { acme, contextOf, engagementProjects, failureOf, linesOf, NetSuiteSandbox, timeEntry } from './netsuite-sandbox.ts';

const vendor = new URL('../../../shared/vendor/netsuite/', import.meta.url);
const answer = (status: number, body: unknown, how?: { read: boolean }) => classifyAnswer({ status, headers: {}, body }, how);
const envelope = (status: number, ...details: Record<string, string>[]) =>
  answer(status, { title: 'x', status, 'o:errorDetails': details });
const english = (remedy: Words) => inWords('AS_SAID', { message: '', remedy }).remedy;

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
      should(details).containEql({ class: meaning.class, code, field: 'subsidiary', remedy: english(meaning.remedy), status: 400 });
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
      if (/\b(?:re)?open\b/i.test(english(remedy))) code.should.match(/CLOSED/);
    }
  });

  describe('read in German', () => {
    const inGerman = (said: Said) => sentence(said, languageOf('de', german));
    const thrownBy = (act: () => unknown) => failureOf(Promise.resolve().then(act));
    const entryRefused = async (erp: NetSuiteSandbox['erp'], more: Partial<TimeEntry>) => {
      const [outcome] = await erp.operations['time.post'](linesOf([timeEntry(1, more)]), new AbortController().signal);
      if (outcome?.ok !== false) throw new Error('the entry was posted');
      return outcome.failure;
    };

    it('every refusal has a German remedy, beside what NetSuite said as it is', () => {
      for (const code of Object.keys(meaningByCode)) {
        const refusal = new Failure(envelope(400, { detail: 'Bad __said__ $& of the deal.', 'o:errorCode': code }));
        const read = inGerman(refusal);
        should(read.message).equal('NetSuite: Bad __said__ $& of the deal.', code);
        should(read.remedy).be.a.String().and.not.equal(refusal.remedy, code);
      }
      inGerman(new Failure(answer(502, ''))).should.eql({
        message: 'NetSuite hat mit 502 geantwortet.',
        remedy: 'Es ist nichts zu tun: Es wird erneut versucht.',
      });
    });

    it('so has each of several errors of one answer', () => {
      const details = ['USER_ERROR', 'MISSING_REQD_FLD'].map((code) => ({ detail: 'No.', 'o:errorCode': code }));
      const { issues = [] } = new Failure(envelope(400, ...details));
      issues.map(inGerman).should.eql([
        {
          message: 'No.',
          remedy: 'Lesen Sie, was NetSuite sagt, und korrigieren Sie den Datensatz dort oder in der Quelle; stellen Sie dann erneut zu.',
        },
        {
          message: 'No.',
          remedy:
            'NetSuite braucht ein Feld, das leer geblieben ist; füllen Sie es in der Quelle aus, oder setzen Sie in NetSuite einen Standardwert; stellen Sie dann erneut zu.',
        },
      ]);
    });

    it('a sign-in that may be refused for too many requests says so, and what was not sent says why', async () => {
      const refusals = new LoginRefusals({ renewable: () => false, atLimit: () => true });
      const refusal = envelope(401, { detail: 'Invalid login attempt.', 'o:errorCode': 'INVALID_LOGIN' });
      const busy = new Failure(refusals.judge(refusal, { method: 'GET', url: '/' }));
      busy.should.containEql({ class: 'transient.throttled', code: 'INVALID_LOGIN' });
      const remedy =
        'So antwortet NetSuite auch bei zu vielen gleichzeitigen Anfragen: Es wird erneut versucht. Hält es an, prüfen Sie die Zugangsdaten der Verbindung.';
      inGerman(busy).should.eql({ message: 'NetSuite: Invalid login attempt.', remedy });
      const gate = new PostingGate(new AbortController().signal, new Limiter(1));
      await failureOf(gate.pass(() => Promise.reject(busy)));
      const unsent = await failureOf(gate.pass(() => Promise.resolve()));
      unsent.message.should.equal('Not sent: NetSuite could not take an entry of the same batch. NetSuite: Invalid login attempt.');
      inGerman(unsent).should.eql({
        message: 'Nicht gesendet: NetSuite konnte einen Eintrag desselben Stapels nicht annehmen. NetSuite: Invalid login attempt.',
        remedy,
      });
    });

    it('a text that is too long says where it is to be shortened, and so does each other one', async () => {
      const of = (title: string) => ({ type: 'projectTask', record: called.task(title[0]!), texts: { title } }) as const;
      const failure = await thrownBy(() => mustFit([of('P'.repeat(300)), of('Q'.repeat(256))]));
      const remedy = 'Kürzen Sie den Text an seiner Quelle (der Name der Phase oder Aufgabe) auf 255 Zeichen; stellen Sie dann erneut zu.';
      inGerman(failure).message.should.match(/^title von Aufgabe P hat 300 Zeichen, NetSuite nimmt 255: „P+…?“\.$/);
      should(failure.issues?.map((issue) => inGerman(issue).remedy)).eql([remedy, remedy]);
    });

    it('a customer that is another client’s says whose it is, and keeps what was found in English', async () => {
      const found = { system: 'netsuite', systemName: 'NetSuite', record: called.customer('ACC-0001@DE01'), id: '7' };
      const there = { companyName: 'Other Ltd', vatRegNumber: 'GB1' };
      const failure = await thrownBy(() => examineCustomer(found, there, { account: acme, legalEntity: 'DE01', subsidiary: '1' }));
      should(failure.value).equal('Other Ltd (tax id GB1)');
      should(failure.record).equal('customer ACC-0001@DE01');
      failure.message.should.startWith('Customer ACC-0001@DE01 in NetSuite (id 7) belongs to ');
      inGerman(failure).message.should.equal(
        'Kunde ACC-0001@DE01 in NetSuite (ID 7) gehört zu Kunde Other Ltd (Steuernummer GB1), das Geschäft zu Kunde Acme Werke AG (Steuernummer DE123456789). Es wurde nichts geschrieben.',
      );
    });

    it('settings that cannot work and answers of another form are told', async () => {
      const auth = { kind: 'oauth2', clientId: 'a', certificateId: 'b', privateKey: 'c' } as const;
      inGerman(await thrownBy(() => netSuiteSettings({ accountId: '1', auth }))).should.eql({
        message: 'Die NetSuite-Verbindung ist nicht vollständig: auth.privateKey fehlt oder ist nicht verwendbar.',
        remedy: 'Fügen Sie den ganzen PEM-Text ein, von BEGIN PRIVATE KEY bis END PRIVATE KEY.',
      });
      inGerman(await thrownBy(() => column({}, 'id'))).message.should.equal(
        'NetSuite hat auf eine Abfrage etwas Unerwartetes geantwortet: eine Zeile ohne id.',
      );
    });

    describe('of a time entry', () => {
      let box: NetSuiteSandbox;
      before(async () => {
        box = await NetSuiteSandbox.start();
        await box.prepareCustomers();
        await box.erp.operations['erp-project.create'](engagementProjects(), contextOf(new InMemoryEffects()));
      });
      after(() => box.stop());

      it('every unknown thing is named', async () => {
        const failure = await entryRefused(box.erp, {
          resource: { id: '9', email: 'x@firm.example' },
          project: { id: '1' },
          task: { id: '1', code: 'Z' },
        });
        failure.should.containEql({ class: 'mapping.missing', code: 'EMPLOYEE_UNKNOWN' });
        inGerman(failure).should.eql({
          message: 'NetSuite hat keinen Mitarbeiter mit der E-Mail-Adresse x@firm.example.',
          remedy:
            'Legen Sie den Mitarbeiter in NetSuite an, oder tragen Sie bei ihm die E-Mail-Adresse x@firm.example ein; stellen Sie dann erneut zu.',
        });
        should(failure.issues?.map((issue) => inGerman(issue).message)).eql([
          'NetSuite hat keinen Mitarbeiter mit der E-Mail-Adresse x@firm.example.',
          'Das Projekt 1 der Quelle hat keinen Projektcode.',
          'NetSuite hat keine Projektaufgabe mit der External ID Z.',
        ]);
      });

      it('the closed period is the reason, with what NetSuite said of it', async () => {
        const failure = await entryRefused(box.erp, { workDate: '2026-01-15' });
        should(failure.code).equal('PERIOD_CLOSED');
        failure.message.should.match(/^The accounting period Jan 2026 is closed\. \(NetSuite: .+\)$/);
        const { message, remedy } = inGerman(failure);
        message.should.match(/^Die Buchungsperiode Jan 2026 ist geschlossen\. \(NetSuite: .+\)$/);
        should(remedy).match(/^Öffnen Sie Jan 2026 in NetSuite wieder /);
      });

      it('what the data show besides stands behind the remedy', async () => {
        netsuite.load(box.sim, { records: { job: [{ externalId: 'ENG-0001', entityStatus: '1' }] } });
        box.sim.faults.add({
          kind: 'status',
          status: 400,
          match: { method: 'POST', path: 'timeBill$' },
          body: { status: 400, 'o:errorDetails': [{ detail: 'Abteilung?', 'o:errorCode': 'USER_ERROR' }] },
        });
        const failure = await entryRefused(box.erp, {});
        failure.should.containEql({ code: 'USER_ERROR', message: 'NetSuite: Abteilung?' });
        should(failure.remedy).match(/then replay\. The data show besides: Project ENG-0001 is closed in NetSuite\.$/);
        inGerman(failure).should.eql({
          message: 'NetSuite: Abteilung?',
          remedy:
            'Lesen Sie, was NetSuite sagt, und korrigieren Sie den Datensatz dort oder in der Quelle; stellen Sie dann erneut zu. Die Daten zeigen außerdem: Das Projekt ENG-0001 ist in NetSuite geschlossen.',
        });
      });
    });
  });
});
