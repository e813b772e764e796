import { actionNode, messageValue, undoByBranch, wrongInput } from '../../../runtime/core.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const title = messageValue(base, 'title');
  const remember = undoByBranch(base);
  return async (message, { effects }) => {
    const step = await title(message);
    if (typeof step !== 'string' || step.trim() === '') throw wrongInput('title', step, 'The title of the step is not a text.');
    await remember(effects('flow'), step.slice(0, 300), message);
    return [null, message];
  };
});
