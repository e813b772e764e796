import { typedConfig } from '../../../declarations/typed-config.ts';
import { isCalendarDate } from '../../../model/calendar-date.ts';
import { type FailureText, inWords } from '../../../model/failure-words.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import type { Message } from '../../../runtime/message.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const { what, byDay } = typedConfig(declaration, base.config);
  const read = {
    project: messageValue(base, 'project'),
    account: messageValue(base, 'account'),
    legalEntity: messageValue(base, 'legalEntity'),
    day: messageValue(base, 'day'),
  };
  /** A text that must be there; a place of the message that leads nowhere says nothing. */
  const text = async (message: Message, field: keyof typeof read, said: FailureText): Promise<string> => {
    const value = await valueOf(message, field);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    throw wrongInput(field, value, said);
  };
  const valueOf = async (message: Message, field: keyof typeof read): Promise<unknown> =>
    read[field](message).catch((failure: unknown) => {
      if (base.config[`${field}Type`] === 'msg') return undefined;
      throw failure;
    });
  const accountIn = (message: Message) => text(message, 'account', inWords('INPUT_WRONG.asked-account'));
  const entityIn = (message: Message) => text(message, 'legalEntity', inWords('INPUT_WRONG.asked-legal-entity'));
  const projectIn = async (message: Message) => {
    const given = await valueOf(message, 'account');
    const isSaid = given !== undefined && given !== null && given !== '';
    return {
      project: await text(message, 'project', inWords('INPUT_WRONG.asked-project-code')),
      legalEntity: await entityIn(message),
      ...(isSaid ? { account: await accountIn(message) } : {}),
    };
  };

  return async (message, context) => {
    const found = await find(message, context.signal);
    return found.is ? [found.message, null] : [null, found.message];
  };

  async function find(message: Message, signal: AbortSignal): Promise<{ is: boolean; message: Message }> {
    const told = (id: Parameters<typeof withResult>[1], answer: { found: boolean }) => ({
      is: answer.found,
      message: withResult(message, id, answer),
    });
    switch (what) {
      case 'customer': {
        const asked = { account: await accountIn(message), legalEntity: await entityIn(message) };
        return told('customer.find', await base.operation('customer.find').run(asked, { signal }));
      }
      case 'period': {
        const day = await text(message, 'day', inWords('INPUT_WRONG.asked-day'));
        if (!isCalendarDate(day)) throw wrongInput('day', day, inWords('INPUT_WRONG.asked-day'));
        const asked = { day, legalEntity: await entityIn(message) };
        return told('period.find', await base.operation('period.find').run(asked, { signal }));
      }
      case 'time': {
        const asked = { ...(await projectIn(message)), byDay };
        return told('posted-time.sum', await base.operation('posted-time.sum').run(asked, { signal }));
      }
      case 'finances': {
        // asked for before it is read: what is posted meanwhile may be in it, and all that was posted before is
        const asked = { ...(await projectIn(message)), asOf: new Date(base.pack.clock.now()).toISOString() };
        return told('project-finances.find', await base.operation('project-finances.find').run(asked, { signal }));
      }
      default:
        return told('project-invoices.find', await base.operation('project-invoices.find').run(await projectIn(message), { signal }));
    }
  }
});
