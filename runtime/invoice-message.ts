import { contractIssues } from '../model/contract.ts';
import { inWords } from '../model/failure-words.ts';
import type { ToldOfInvoice } from '../model/invoice-parts.ts';
import { isObject } from '../model/json.ts';
import type { Invoice, ProjectFinances } from '../model/types.generated.ts';
import { invalidFailure } from './failures.ts';
import type { Message } from './message.ts';
import { messageValue, wrongInput } from './message-values.ts';
import { resultIn } from './operation-result.ts';
import type { PackNode } from './pack-node.ts';

/** The invoice that a message carries, checked, and the business key of the record that shows it (field `key` of the node). */
export function invoiceFrom(base: PackNode): (message: Message) => Promise<ToldOfInvoice & { key: string }> {
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
    const invoice = message.payload as Invoice;
    const finances = financesIn(message, invoice);
    return { invoice, key, ...(finances === undefined ? {} : { finances }) };
  };
}

/** What a look-up before this node has told of the invoice's project, checked: figures that contradict each other are shown to nobody. */
function financesIn(message: Message, { project, legalEntity }: Invoice): ToldOfInvoice['finances'] {
  const found = resultIn(message, 'project-finances.find');
  if (found === undefined) return undefined;
  if (isObject(found) && found['found'] === false) return 'none';
  const finances = isObject(found) ? found['finances'] : found;
  const issues = contractIssues('project-finances', finances);
  if (issues.length > 0) throw invalidFailure('project-finances', finances, issues);
  const of = finances as ProjectFinances;
  if (of.project.code === project?.code && of.legalEntity === legalEntity) return of;
  throw wrongInput('project', of.project.code, inWords('INPUT_WRONG.finances-of-another'));
}
