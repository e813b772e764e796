import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { isObject } from '../../../model/json.ts';
import type { Message } from '../../../runtime/message.ts';
import { wrongInput } from '../../../runtime/message-values.ts';

/** What is not a flow's to write, or no name at all. */
const notWritten = new Set(['psConnect', '_msgid', 'req', 'res', '__proto__', 'constructor', 'prototype']);

/** Puts a value at a place of a message such as `payload.customer.taxCode`; the message that came in stays as it is, and others may hold it. */
export function messagePlace(place: string, label: string): (message: Message, value: string) => Message {
  const names = place.replace(/^msg\./, '').split('.');
  if (names.some((name) => !/^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(name) || notWritten.has(name))) {
    const failed = { class: 'contract.invalid', field: 'result', value: place, outcome: 'not-made' } as const;
    throw new Failure({ ...failed, ...inWords('CROSSWALK_SET_UP.place', { field: label }) });
  }
  return (message, value) => {
    const put = (part: unknown, [name = '', ...deeper]: string[], above: string): object => {
      if (part !== undefined && !isObject(part)) throw wrongInput(above, part, inWords('INPUT_WRONG.crosswalk-place', { field: above }));
      return { ...part, [name]: deeper.length > 0 ? put(part?.[name], deeper, `${above}.${name}`) : value };
    };
    return put(message, names, 'msg') as Message;
  };
}
