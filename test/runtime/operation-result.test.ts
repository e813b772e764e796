import should from 'should';
import { operationIds, operations } from '../../declarations/operations.ts';
import type { Message } from '../../runtime/message.ts';
import { resultIn, withResult } from '../../runtime/operation-result.ts';

describe('The result of an operation in the message', () => {
  for (const id of operationIds.filter((one) => operations[one].result)) {
    it(`of ${id} stands at msg.${operations[id].result}`, () => {
      const [area, name] = operations[id].result!.split('.') as [string, string];
      const message = { payload: 1, [area]: { other: 2 } };
      should(withResult(message, id, 3)).deepEqual({ payload: 1, [area]: { other: 2, [name]: 3 } });
      should(message).deepEqual({ payload: 1, [area]: { other: 2 } });
      should(resultIn(withResult({}, id, 3), id)).equal(3);
    });
  }

  for (const given of [undefined, null, 'text', [1], 7]) {
    it(`takes the place of ${JSON.stringify(given)}, which holds no results`, () => {
      const message = { erp: given } as unknown as Message;
      should(resultIn(message, 'customer.ensure')).equal(undefined);
      should(withResult(message, 'customer.ensure', [])).deepEqual({ erp: { customers: [] } });
    });
  }

  it('has a place, or nobody writes it', () => {
    should(() => withResult({}, 'account.poll', [])).throw(/account\.poll/);
  });
});
