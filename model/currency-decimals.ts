/**
 * Decimals of each currency's minor unit, by ISO 4217 list one (https://www.six-group.com/en/products-services/financial-information/data-standards.html,
 * "Current currency & funds code list"). What is customary to show is another matter: CLDR, and so `Intl`, shows forint without decimals, and books
 * have two. Precious metals and codes without a minor unit ("N.A.") are not in it: nothing is billed in them.
 */
const byDecimals: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: [
    'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU',
    'CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES',
    'KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR',
    'NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP',
    'TRY TTD TWD TZS UAH USD USN UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG',
  ].join(' '),
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

/** Withdrawn in the last years (list three): records of that time are still compared. All had two decimals. */
const withdrawn = 'ANG BGN CUC HRK SLL ZWL';

const decimals = new Map(
  [...Object.entries(byDecimals), ['2', withdrawn] as const].flatMap(([places, codes]) =>
    codes.split(' ').map((code) => [code, Number(places)]),
  ),
);

/** Number of decimals of a currency (EUR 2, JPY 0, KWD 3, CLF 4); `undefined` = ISO 4217 does not know it. */
export function currencyDecimals(currency: string): number | undefined {
  return decimals.get(currency);
}

/** Codes of the currencies with so many decimals. */
export function currenciesWith(places: number): string[] {
  return [...decimals].filter(([, found]) => found === places).map(([code]) => code);
}
