import { inWords } from '../../../model/failure-words.ts';
import type { CustomerChange } from '../../../model/operations.ts';
import { partOfAccountIssues } from '../../../model/part-of-account.ts';
import type { Account } from '../../../model/types.generated.ts';
import { actionNode } from '../../../runtime/action-node.ts';
import { invalidFailure } from '../../../runtime/failures.ts';
import { messageValue, wrongInput } from '../../../runtime/message-values.ts';
import { withResult } from '../../../runtime/operation-result.ts';
import declaration from './declaration.ts';

export default actionNode(declaration, (base) => {
  const entitiesOf = messageValue(base, 'entities');
  return async (message, { effects, signal }) => {
    const { id, code, name, legalName, taxId, email, phone, paymentTerms, creditHold } = partOfAccount(message.payload);
    const given = await entitiesOf(message);
    const legalEntities = Array.isArray(given) ? [...(given as unknown[])] : [given];
    if (legalEntities.length === 0 || !legalEntities.every((one): one is string => typeof one === 'string' && one.trim() !== '')) {
      throw wrongInput('entities', given, inWords('INPUT_WRONG.legal-entities'));
    }
    const said = Object.entries({ name, legalName, taxId, email, phone, paymentTerms, creditHold }).filter(
      ([, value]) => value !== undefined,
    );
    const fields = Object.fromEntries(said) as CustomerChange['fields'];
    const change = { account: { code, ...(id === undefined ? {} : { id }) }, fields, legalEntities };
    const erp = base.operation('customer.change');
    const { customers } = await erp.run(change, { effects: effects(erp.system), signal });
    return withResult(message, 'customer.change', customers);
  };
});

function partOfAccount(payload: unknown): Partial<Account> & Pick<Account, 'code'> {
  const issues = partOfAccountIssues(payload);
  if (issues.length > 0) throw invalidFailure('account', payload, issues);
  return payload as Account;
}
