import { inWords } from '../../../model/failure-words.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import declaration from './declaration.ts';
import { undoByBranch } from './undo-by-branch.ts';

export default actionNode(declaration, (base) => {
  const title = messageValue(base, 'title');
  const remember = undoByBranch(base);
  return async (message, { effects }) => {
    const step = await title(message);
    if (typeof step !== 'string' || step.trim() === '') throw wrongInput('title', step, inWords('INPUT_WRONG.step'));
    await remember(effects('flow'), step, message);
    return [null, message];
  };
});
