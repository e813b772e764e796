import { opportunityToEngagement } from './opportunity-to-engagement.ts';

/**
 * The default mapping of an amended contract (the record that the poll of contracts emits, with its deal) to the canonical amendment v1, as JSONata. The deal
 * holds what was agreed last, and is mapped as a won one is. A contract with no deal, or several, has no engagement, which the contract check tells.
 */
export const contractToAmendment = `(
  $given := function($value) { $value = null or $value = '' ? () : $value };
  $first := function($left, $right) {( $value := $given($left); $exists($value) ? $value : $given($right) )};
  {
    'id': $given(Id),
    'contractNumber': $given(ContractNumber),
    'number': $exists($given(Amendment_Number__c)) ? Amendment_Number__c : 0,
    'effective': $first(Amendment_Effective_Date__c, StartDate),
    'reason': $given(Amendment_Reason__c),
    'engagement': $count(Deals) = 1 ? Deals[0].${opportunityToEngagement},
    'sourceUpdatedAt': $exists($given(SystemModstamp)) ? $replace(SystemModstamp, '+0000', 'Z')
  }
)`;
