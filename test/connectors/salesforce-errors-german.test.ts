import should from 'should';
import { bulkError } from '../../connectors/salesforce-platform/bulk/upsert-bulk.ts';
import { errorTable } from '../../connectors/salesforce-platform/errors/error-table.ts';
import { classify, failureOf } from '../../connectors/salesforce-platform/errors.ts';
import { classifyTokenAnswer, tokenErrors } from '../../connectors/salesforce-platform/errors/token-errors.ts';
import { parseDescription } from '../../connectors/salesforce-platform/query/describe.ts';
import { checkedConfig } from '../../connectors/salesforce-platform/settings.ts';
import { failures as german } from '../../locales/de/failures.generated.ts';
import { Failure, type FailureDetails } from '../../model/failure.ts';
import { languageOf, sentence } from '../../model/failure-sentence.ts';

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => ({ status, body, headers });

describe('what Salesforce refuses, read in German', () => {
  const inGerman = (details: FailureDetails) => sentence(new Failure(details), languageOf('de', german));

  const thrownBy = (act: () => unknown): FailureDetails => {
    try {
      act();
    } catch (error) {
      return Failure.from(error).toJSON();
    }
    throw new Error('nothing was thrown');
  };

  it('every refusal has a German remedy, beside what Salesforce said as it is', () => {
    for (const code of Object.keys(errorTable)) {
      const refusal = failureOf({ code, message: 'Bad __value__ $& of the deal.', fields: [] });
      const read = inGerman(refusal);
      should(read.message).equal('Bad __value__ $& of the deal.', code);
      should(read.remedy).be.a.String().and.not.equal(refusal.remedy, code);
    }
    for (const { error = 'invalid_grant', description } of tokenErrors) {
      const said = description?.source.split('|')[0]?.replaceAll('\\/', '/') ?? 'nothing known';
      const refusal = classifyTokenAnswer(answer(400, { error, error_description: said }), 0);
      const read = inGerman(refusal);
      should(read.message).equal(`Salesforce hat die Anmeldung abgelehnt: ${said}.`);
      should(read.remedy).be.a.String().and.not.equal(refusal.remedy, said);
    }
  });

  it('so has each of several errors of one answer', () => {
    const errors = ['REQUIRED_FIELD_MISSING', 'STRING_TOO_LONG'].map((errorCode) => ({ errorCode, message: 'No.' }));
    const { issues = [] } = new Failure(classify(answer(400, errors)));
    should(issues.map((issue) => sentence(issue, languageOf('de', german)).remedy)).eql([
      'Füllen Sie das Pflichtfeld in der Abbildung aus.',
      'Kürzen Sie den Wert, oder verlängern Sie das Feld.',
    ]);
  });

  it('what Salesforce does not say, it is said for it', () => {
    should(inGerman(failureOf(bulkError(''))).message).equal('Salesforce nannte keinen Grund.');
    should(failureOf(bulkError('')).message).equal('Salesforce gave no reason.');
    should(inGerman(classify(answer(418, ''))).message).match(/Salesforce/);
  });

  it('a wrong clock and another address are told, too', () => {
    const refusal = answer(400, { error: 'invalid_grant' }, { date: 'Mon, 23 Nov 2026 10:00:00 GMT' });
    should(inGerman(classifyTokenAnswer(refusal, Date.parse('2026-11-23T09:53:00Z'))).remedy).match(/420 Sekunden nach\.$/);
    const moved = answer(302, '', { location: 'https://new.my.salesforce.com/' });
    should(inGerman(classifyTokenAnswer(moved, 0)).remedy).match(/verweist auf new\.my\.salesforce\.com: Ist das Ihre/);
    should(inGerman(classify(answer(403, '<html>', { location: 'https://proxy.example/' }))).message).match(/verweist auf proxy\.example/);
  });

  it('settings that cannot work are told', () => {
    const config = {
      loginUrl: 'https://firm.my.salesforce.com',
      flow: 'jwt-bearer',
      clientId: 'a',
      username: 'b',
      privateKey: 'c',
    } as const;
    should(inGerman(thrownBy(() => checkedConfig(config))).message).equal('Der private Schlüssel ist keiner in PEM-Form ohne Passphrase.');
  });

  it('an answer of another form names what was asked, and what was wanted', () => {
    should(inGerman(thrownBy(() => parseDescription([]))).message).equal(
      'Als Antwort auf die Frage nach der Beschreibung wurde ein Objekt erwartet; es kam etwas anderes.',
    );
  });
});
