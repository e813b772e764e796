import { typedConfig } from '../../../declarations/typed-config.ts';
import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { toldValue } from '../../../runtime/message-parts.ts';
import { messageValue } from '../../../runtime/message-values.ts';
import declaration from './declaration.ts';

/** Statuses whose answers have no body. https://www.rfc-editor.org/rfc/rfc9110#section-6.4.1 */
const bodiless = [204, 205, 304];

export default actionNode(declaration, (base) => {
  const { httpStatus: status } = typedConfig(declaration, base.config);
  const read = messageValue(base, 'body');
  return async (message, { active }) => {
    const api = base.pack.businessApis.ofRun(active.run);
    if (!api) throw new Failure({ class: 'contract.invalid', ...inWords('API_NOBODY_CALLED'), field: 'body' });
    await api.answerRun(active, bodiless.includes(status) ? { status } : { status, body: toldValue(await read(message), 'body') });
    return message;
  };
});
