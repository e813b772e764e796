/**
 * The default mapping of a won opportunity (the record that `pollOpportunities` emits) to the canonical engagement v1, as JSONata.
 * An analyst may change a copy of it in the canonical-map node. Empty values are left out, so that the contract check speaks of what
 * is missing; unknown codes pass through, so that it shows them. Amounts become text, hours become whole minutes.
 */
export const opportunityToEngagement = `(
  $deal := $;

  /* null and empty text count as absent */
  $given := function($value) { $value = null or $value = '' ? () : $value };

  /* an empty list may come as null */
  $rows := function($list) { $list[$ != null] };

  /* decimals of a currency's minor unit, ISO 4217 */
  $decimals := function($currency) {
    $currency in ['BIF','CLP','DJF','GNF','ISK','JPY','KMF','KRW','PYG','RWF','UGX','VND','VUV','XAF','XOF','XPF'] ? 0
      : $currency in ['BHD','IQD','JOD','KWD','LYD','OMR','TND'] ? 3 : 2
  };
  $pictures := {'0': '0', '2': '0.00', '3': '0.000'};
  $money := function($amount, $currency) {
    $exists($given($amount)) ? {
      'amount': $formatNumber($number($amount), $lookup($pictures, $string($decimals($currency)))),
      'currency': $given($currency)
    }
  };

  /* exact for hours with two decimals */
  $minutes := function($hours) { $exists($given($hours)) ? $round($number($hours) * 60) };

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
