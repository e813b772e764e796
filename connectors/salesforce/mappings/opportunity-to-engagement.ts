import { currenciesWith } from '../../../model/currency-decimals.ts';

const codes = (decimals: number) => JSON.stringify(currenciesWith(decimals));

/**
 * The default mapping of a won opportunity (the record that `pollOpportunities` emits) to the canonical engagement v1, as JSONata.
 * An analyst may change a copy of it in the canonical-map node. Empty values are left out, so that the contract check speaks of what
 * is missing; unknown codes and amounts that are not right pass through, so that it shows them. Amounts become text, hours become whole minutes.
 */
export const opportunityToEngagement = `(
  $deal := $;

  /* null and empty text count as absent */
  $given := function($value) { $value = null or $value = '' ? () : $value };

  /* an empty list may come as null */
  $rows := function($list) { $list[$ != null] };

  /* the decimal text of a number, as it is: nothing is cut or rounded, so that the contract check sees what the source says. A number so
     large that it may have lost digits on its way stays a number, which the check refuses; text is passed on as it is. */
  $shortest := function($size, $places) {(
    $text := $formatNumber($size, $substring('0.00000000000000000000', 0, $places = 0 ? 1 : $places + 2));
    $number($text) = $size ? $text : $places < 20 ? $shortest($size, $places + 1) : $size
  )};
  $exact := function($value) {
    $type($value) != 'number' ? $string($value)
      : $abs($value) >= 90071992547409.92 ? $value
      : ($text := $string($value); $number($text) = $value and $not($contains($text, 'e'))) ? $string($value)
      : ($text := $shortest($abs($value), 0); $value < 0 and $type($text) = 'string' ? '-' & $text : $text)
  };
  /* ISO 4217. An amount is shown with all decimals of its currency, and keeps those that it has beyond them */
  $decimals := function($currency) {
    $currency in ${codes(0)} ? 0 : $currency in ${codes(3)} ? 3 : $currency in ${codes(4)} ? 4 : 2
  };
  $padded := function($text, $places) {(
    $parts := $type($text) = 'string' and $contains($text, /^-?[0-9]+([.][0-9]+)?$/) ? $split($text, '.');
    $exists($parts) and $places > 0 ? $parts[0] & '.' & $pad($exists($parts[1]) ? $parts[1] : '', $places, '0') : $text
  )};
  $money := function($amount, $currency) {
    $exists($given($amount)) ? {
      'amount': $padded($exact($amount), $decimals($currency)),
      'currency': $given($currency)
    }
  };

  /* whole minutes, rounded half up as everywhere */
  $minutes := function($hours) { $exists($given($hours)) ? $floor($number($hours) * 60 + 0.5) };

  $billingTypes := {
    'Time and Materials': 'time-and-materials',
    'Fixed Price': 'fixed-price',
    'Retainer': 'retainer'
  };
  $coded := function($codes, $name) {(
    $known := $given($name);
    $code := $exists($known) ? $lookup($codes, $known);
    $exists($code) ? $code : $known
  )};

  $first := function($left, $right) {( $value := $given($left); $exists($value) ? $value : $given($right) )};
  $country := function($text) { $exists($given($text)) and $contains($text, /^[A-Z]{2}$/) ? $text };

  $currency := $given($deal.CurrencyIsoCode);
  $legalEntity := $given($deal.Legal_Entity__c);

  $task := function($row) {{
    'code': $given($row.Code__c),
    'name': $given($row.Name),
    'plannedMinutes': $minutes($row.Planned_Hours__c),
    'billable': $given($row.Billable__c)
  }};
  $tasksOf := function($phase) { [$rows($deal.Engagement_Tasks__r)[Phase_Code__c = $phase] ~> $map($task)] };

  /* tasks of a phase that the deal does not have become a phase without dates: the contract check names it, nothing is lost */
  $phaseCodes := [$rows($deal.Engagement_Phases__r).Code__c];
  $strayPhases := $distinct([$rows($deal.Engagement_Tasks__r)[$not(Phase_Code__c in $phaseCodes)].Phase_Code__c]);

  {
    'id': $given($deal.Id),
    'code': $given($deal.Engagement_Code__c),
    'name': $given($deal.Name),
    'account': {
      'id': $first($deal.AccountId, $deal.Account.Id),
      'code': $first($deal.Account.Account_Code__c, $deal.AccountId),
      'name': $given($deal.Account.Name),
      'legalName': $given($deal.Account.Legal_Name__c),
      'taxId': $given($deal.Account.Tax_Id__c),
      'country': $country($first($deal.Account.BillingCountryCode, $deal.Account.BillingCountry)),
      'phone': $given($deal.Account.Phone)
    },
    'legalEntity': $legalEntity,
    'currency': $currency,
    'amount': $money($deal.Amount, $currency),
    'billing': {
      'type': $coded($billingTypes, $deal.Billing_Type__c),
      'paymentTerms': $given($deal.Payment_Terms__c),
      'poNumber': $given($deal.PO_Number__c)
    },
    'contract': {
      'start': $given($deal.Contract_Start_Date__c),
      'end': $given($deal.Contract_End_Date__c)
    },
    'deliveryManagerEmail': $given($deal.Delivery_Manager_Email__c),
    'deliveryAssumptions': $given($deal.Delivery_Assumptions__c),
    'rateCard': [$rows($deal.Rate_Card_Lines__r).{
      'role': $given(Role__c),
      'region': $given(Region__c),
      'rate': $money(Rate__c, $first(CurrencyIsoCode, $currency)),
      'unit': $lowercase($given(Unit__c))
    }],
    'phases': $append([$rows($deal.Engagement_Phases__r).{
      'code': $given(Code__c),
      'name': $given(Name),
      'start': $given(Start_Date__c),
      'end': $given(End_Date__c),
      'country': $given(Country__c),
      'legalEntity': $first(Legal_Entity__c, $legalEntity),
      'budget': $money(Budget_Amount__c, $first(CurrencyIsoCode, $currency)),
      'tasks': $tasksOf(Code__c)
    }], [$strayPhases.{
      'code': $given($),
      'legalEntity': $legalEntity,
      'tasks': $tasksOf($)
    }]),
    'milestones': [$rows($deal.Engagement_Milestones__r).{
      'code': $given(Code__c),
      'name': $given(Name),
      'phase': $given(Phase_Code__c),
      'due': $given(Due_Date__c),
      'amount': $money(Amount__c, $first(CurrencyIsoCode, $currency))
    }],
    'staffing': [$rows($deal.Staffing_Needs__r).{
      'code': $given(Code__c),
      'phase': $given(Phase_Code__c),
      'role': $given(Role__c),
      'skills': $exists($given(Skills__c)) ? [$distinct($split(Skills__c, ';').$trim($)[$ != ''])] : [],
      'region': $given(Region__c),
      'start': $given(Start_Date__c),
      'end': $given(End_Date__c),
      'effortMinutes': $minutes(Effort_Hours__c),
      'headcount': $given(Headcount__c)
    }],
    'externalIds': [{'system': 'salesforce', 'type': 'Opportunity', 'id': $deal.Id}],
    'sourceUpdatedAt': $exists($given($deal.SystemModstamp)) ? $replace($deal.SystemModstamp, '+0000', 'Z')
  }
)`;
