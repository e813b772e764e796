export interface LegalEntity {
  code: string;
  name: string;
  country: string;
  currency: string;
  region: string;
}

/** The companies of the group; the ERP knows them as subsidiaries with the same external ids. */
export const LEGAL_ENTITIES: readonly LegalEntity[] = [
  { code: 'DE01', name: 'Quarrow Partners GmbH', country: 'DE', currency: 'EUR', region: 'DACH' },
  { code: 'NL01', name: 'Quarrow Partners B.V.', country: 'NL', currency: 'EUR', region: 'Benelux' },
  { code: 'GB01', name: 'Quarrow Partners Ltd', country: 'GB', currency: 'GBP', region: 'UK' },
  { code: 'US01', name: 'Quarrow Partners Inc', country: 'US', currency: 'USD', region: 'North America' },
  { code: 'CH01', name: 'Quarrow Partners AG', country: 'CH', currency: 'CHF', region: 'DACH' },
  { code: 'JP01', name: 'Quarrow Partners K.K.', country: 'JP', currency: 'JPY', region: 'Japan' },
];

export function legalEntity(code: string): LegalEntity {
  const found = LEGAL_ENTITIES.find((entity) => entity.code === code);
  if (!found) throw new Error(`unknown legal entity ${code}`);
  return found;
}
