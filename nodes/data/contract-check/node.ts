import { type ContractName, contractIssues } from '../../../model/contract.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { invalidFailure } from '../../../runtime/failures.ts';
import { failureMark } from '../../../runtime/message.ts';
import declaration from './declaration.ts';
import { unfitIssues } from './unfit-issues.ts';

export default actionNode(declaration, (base) => {
  const contract = base.config['contract'] as ContractName;
  const invalidIsWired = base.isWired(2);
  const alsoFor = ['erp', 'psa'].filter((field) => base.config[field]);
  return async (message, { active }) => {
    let issues = contractIssues(contract, message.payload);
    // only what keeps its contract can be told what would be made of it
    if (issues.length === 0) issues = alsoFor.flatMap((field) => unfitIssues(base.connector(field), contract, message.payload));
    if (issues.length === 0) return [message, null];
    const failure = invalidFailure(contract, message.payload, issues);
    if (!invalidIsWired) throw failure;
    return [null, { ...message, issues, psConnect: failureMark(active, failure, base.id) }];
  };
});
