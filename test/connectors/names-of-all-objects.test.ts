import should from 'should';
import { classify as ofKantata } from '../../connectors/kantata/errors.ts';
import { classifyAnswer as ofNetSuite } from '../../connectors/netsuite/errors.ts';
import { classify as ofSalesforce } from '../../connectors/salesforce-platform/errors.ts';
import { classifyTokenAnswer } from '../../connectors/salesforce-platform/errors/token-errors.ts';
import { failureClasses } from '../../model/failure.ts';
import { systemIn } from '../../runtime/connection-values.ts';

const answer = (status: number, body: unknown) => ({ status, headers: {}, body });

/** Every JavaScript object answers to these, whatever is in it. */
for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
  describe(`The name ${name}, which every object knows`, () => {
    it('is no code of an error: the status decides, as for any unknown code', () => {
      for (const { class: failureClass, remedy } of [
        ofSalesforce(answer(400, [{ errorCode: name, message: 'No.' }])),
        ofSalesforce(answer(400, [{ errorCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message: `A_B: ${name}, no.` }])),
        ofNetSuite(answer(400, { 'o:errorDetails': [{ detail: 'No.', 'o:errorCode': name }] })),
        ofKantata(answer(422, { errors: [{ type: 'validation', message: 'No.', field: name }] }), {
          method: 'POST',
          url: 'stories',
          body: { story: {} },
        }),
        classifyTokenAnswer(answer(400, { error: name, error_description: 'No.' }), 0),
      ]) {
        failureClasses.should.containEql(failureClass);
        should(remedy).be.a.String();
      }
    });

    it('is no system, and no way to sign in', () => {
      should(() => systemIn(name)).throw({ code: 'SYSTEM_UNKNOWN' });
      should(() => systemIn('salesforce').connect({ loginUrl: 'https://firm.my.salesforce.com', flow: name })).throw(
        /is not a way to sign in/,
      );
    });
  });
}
