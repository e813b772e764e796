import declaration from '../../nodes/business/api-response/declaration.ts';
import { nodeContract } from './node-contract.ts';

const refusal = {
  what: 'a message of a run that no call has begun',
  message: { payload: { done: true } },
  field: 'body',
  says: /not begun by a call of an API that is deployed here/,
  german: /begann nicht mit dem Aufruf einer API/,
};

/** What it answers to calls is tried with callers: test/runtime/business-api.test.ts. */
nodeContract(
  declaration,
  {
    takes: () => ({ payload: { done: true } }),
    refuses: [refusal],
    async behaves(at) {
      at.receive();
      const [run] = await at.red.ended();
      return [run!.status, run!.failure!.code];
    },
  },
  () => undefined,
);
