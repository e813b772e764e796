import { actionNode, type ContractName, contractIssues, failureMark, invalidFailure } from '../../../runtime/core.ts';

export default actionNode('contract-check', (base) => {
  const contract = base.config['contract'] as ContractName;
  const invalidIsWired = (base.config['wires'] as string[][] | undefined)?.[1]?.length;
  return async (message, { active }) => {
    const issues = contractIssues(contract, message.payload);
    if (issues.length === 0) return [message, null];
    const failure = invalidFailure(contract, message.payload, issues);
    if (!invalidIsWired) throw failure;
    return [null, { ...message, issues, psConnect: failureMark(active, failure, base.id) }];
  };
});
