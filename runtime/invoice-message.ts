import { contractIssues } from '../model/contract.ts';
import { inWords } from '../model/failure-words.ts';
import type { Invoice } from '../model/types.generated.ts';
import { invalidFailure } from './failures.ts';
import type { Message } from './message.ts';
import { messageValue, wrongInput } from './message-values.ts';
import type { PackNode } from './pack-node.ts';

/** The invoice that a message carries, checked, and the business key of the record that shows it (field `key` of the node). */
export function invoiceFrom(base: PackNode): (message: Message) => Promise<{ invoice: Invoice; key: string }> {
  const read = messageValue(base, 'key');
  return async (message) => {
    const issues = contractIssues('invoice', message.payload);
    if (issues.length > 0) throw invalidFailure('invoice', message.payload, issues);
    // a path that leads nowhere is no key; an expression that fails says so itself
    const key = await read(message).catch((failure: unknown) => {
      if (base.config['keyType'] === 'msg') return undefined;
      throw failure;
    });
    if (typeof key !== 'string' || key.trim() === '') throw wrongInput('key', key, inWords('INPUT_WRONG.invoice-key'));
    return { invoice: message.payload as Invoice, key };
  };
}
