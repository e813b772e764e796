export interface ClientAccount {
  code: string;
  name: string;
  legalName: string;
  country: string;
  city: string;
  street: string;
  postalCode: string;
  taxId: string;
  industry: string;
  currency: string;
  paymentTerms: string;
  contact: { firstName: string; lastName: string; title: string };
}

type Row = [
  name: string,
  legalName: string,
  country: string,
  city: string,
  street: string,
  postalCode: string,
  taxId: string,
  industry: string,
  currency: string,
  terms: string,
  firstName: string,
  lastName: string,
  title: string,
];

/* Invented companies; tax ids have the form of the country but belong to nobody known to us. */
// one client per line reads as a table
// prettier-ignore
const ROWS: readonly Row[] = [
  ['Nordwind Pumpen', 'Nordwind Pumpenwerke GmbH', 'DE', 'Stuttgart', 'Hafenweg 14', '70173', 'DE811000014', 'Manufacturing', 'EUR', 'NET30', 'Karin', 'Ostermeier', 'CIO'],
  ['Lattemond Maschinenbau', 'Lattemond Maschinenbau AG', 'DE', 'Augsburg', 'Werkstraße 3', '86150', 'DE811000022', 'Machinery', 'EUR', 'NET45', 'Jens', 'Radtke', 'Head of Finance'],
  ['Zilverbrug Logistiek', 'Zilverbrug Logistiek B.V.', 'NL', 'Rotterdam', 'Kadelaan 201', '3011 AA', 'NL811000035B01', 'Transportation', 'EUR', 'NET30', 'Marieke', 'van Dorp', 'COO'],
  ['Oosterdiep Energie', 'Oosterdiep Energie N.V.', 'NL', 'Groningen', 'Eemshaven 7', '9712 CP', 'NL811000046B01', 'Energy', 'EUR', 'NET60', 'Pieter', 'Haan', 'Programme Director'],
  ['Brackenshaw Retail', 'Brackenshaw Retail plc', 'GB', 'Leeds', '40 Mill Lane', 'LS1 4AP', 'GB811000057', 'Retail', 'GBP', 'NET30', 'Fiona', 'Ashdown', 'CIO'],
  ['Thistlegate Insurance', 'Thistlegate Insurance Ltd', 'GB', 'Edinburgh', '2 Castle Row', 'EH1 2NG', 'GB811000068', 'Insurance', 'GBP', 'NET45', 'Callum', 'Reid', 'Head of Claims'],
  ['Copperline Health', 'Copperline Health Inc', 'US', 'Denver', '1800 Larkspur Ave', '80202', '81-1000079', 'Healthcare', 'USD', 'NET30', 'Dana', 'Whitcomb', 'VP Technology'],
  ['Wexmoor Freight', 'Wexmoor Freight LLC', 'US', 'Memphis', '77 Depot Rd', '38103', '81-1000087', 'Transportation', 'USD', 'NET45', 'Luis', 'Ortega', 'CFO'],
  ['Alpenrieth Privatbank', 'Alpenrieth Privatbank AG', 'CH', 'Zürich', 'Lindenhof 5', '8001', 'CHE-811.000.093', 'Banking', 'CHF', 'NET30', 'Reto', 'Ammann', 'COO'],
  ['Hoshinami Denki', 'Hoshinami Denki K.K.', 'JP', 'Osaka', '3-2-1 Nakamachi', '530-0001', 'T8110001000101', 'Electronics', 'JPY', 'NET60', 'Ayumi', 'Kurosaki', 'General Manager'],
  ['Dumesnil Verrerie', 'Dumesnil Verrerie SA', 'FR', 'Reims', '12 rue des Cordiers', '51100', 'FR81100011200', 'Manufacturing', 'EUR', 'NET45', 'Hélène', 'Barraud', 'DSI'],
  ['Pellworm Reederei', 'Pellworm Reederei GmbH & Co. KG', 'DE', 'Flensburg', 'Schiffbrücke 22', '24939', 'DE811000121', 'Shipping', 'EUR', 'NET30', 'Torben', 'Lüdtke', 'Managing Director'],
];

export const CLIENT_ACCOUNTS: readonly ClientAccount[] = ROWS.map(
  ([name, legalName, country, city, street, postalCode, taxId, industry, currency, paymentTerms, firstName, lastName, title], index) => ({
    code: `ACC-${String(index + 1).padStart(4, '0')}`,
    name,
    legalName,
    country,
    city,
    street,
    postalCode,
    taxId,
    industry,
    currency,
    paymentTerms,
    contact: { firstName, lastName, title },
  }),
);

export function clientAccount(code: string): ClientAccount {
  const found = CLIENT_ACCOUNTS.find((account) => account.code === code);
  if (!found) throw new Error(`unknown account ${code}`);
  return found;
}
