/**
 * The default mapping of an account (the record that `account.poll` emits) to the canonical account v1, as JSONata. Empty values are left out, so that the
 * contract check speaks of what is missing. The code is the one that the mapping of a deal gives the same account. A person account is a client like any other: its e-mail is that of the person.
 */
export const accountToAccount = `(
  $given := function($value) { $value = null or $value = '' ? () : $value };
  $first := function($left, $right) {( $value := $given($left); $exists($value) ? $value : $given($right) )};
  $country := function($text) { $exists($given($text)) and $contains($text, /^[A-Z]{2}$/) ? $text };
  $billing := $first(BillingCountryCode, BillingCountry);
  {
    'id': $given(Id),
    'code': $first(Account_Code__c, Id),
    'name': $given(Name),
    'legalName': $given(Legal_Name__c),
    'taxId': $given(Tax_Id__c),
    'country': $country($exists($billing) ? $billing : $first(PersonMailingCountryCode, PersonMailingCountry)),
    'email': $first(Billing_Email__c, PersonEmail),
    'phone': $given(Phone),
    'currency': $given(CurrencyIsoCode),
    'externalIds': [{'system': 'salesforce', 'type': 'Account', 'id': Id}]
  }
)`;
