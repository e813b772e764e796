import { type ContractName, contractIssues } from '../../../model/contract.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { invalidFailure } from '../../../runtime/failures.ts';
import { failureMark } from '../../../runtime/message.ts';
import { messageValue } from '../../../runtime/message-values.ts';
import declaration from './declaration.ts';
import { offCard } from './off-card.ts';
import { unfitIssues } from './unfit-issues.ts';

export default actionNode(declaration, (base) => {
  const contract = base.config['contract'] as ContractName;
  const invalidIsWired = base.isWired(2);
  const alsoFor = ['erp', 'psa'].filter((field) => base.config[field]);
  const compare = String(base.config['rateCard'] ?? '').trim() === '' ? undefined : offCard(contract);
  const readCard = compare && messageValue(base, 'rateCard');
  return async (message, { active }) => {
    let issues = contractIssues(contract, message.payload);
    // only what keeps its contract can be told what would be made of it
    if (issues.length === 0) issues = alsoFor.flatMap((field) => unfitIssues(base.connector(field), contract, message.payload));
    if (issues.length === 0 && compare && readCard) issues = compare(message.payload, await readCard(message));
    if (issues.length === 0) return [message, null];
    const failure = invalidFailure(contract, message.payload, issues);
    if (!invalidIsWired) throw failure;
    return [null, { ...message, issues, psConnect: failureMark(active, failure, base.id) }];
  };
});
