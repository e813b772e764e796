import { decimals, type MinorUnits } from './minor-units.ts';

export interface Role {
  name: string;
  /** list price in whole euro per hour, DACH */
  euroPerHour: number;
  skills: readonly string[];
}

export const ROLES: readonly Role[] = [
  { name: 'Engagement Manager', euroPerHour: 220, skills: ['Project Management', 'Stakeholder Management'] },
  { name: 'Solution Architect', euroPerHour: 210, skills: ['Enterprise Architecture', 'Cloud', 'Integration'] },
  { name: 'Senior Consultant', euroPerHour: 180, skills: ['Process Design', 'ERP Finance', 'ERP Logistics'] },
  { name: 'Consultant', euroPerHour: 140, skills: ['Process Design', 'Testing', 'ERP Finance'] },
  { name: 'Data Engineer', euroPerHour: 160, skills: ['SQL', 'Data Migration', 'Python'] },
  { name: 'Software Engineer', euroPerHour: 150, skills: ['TypeScript', 'Integration', 'Cloud'] },
  { name: 'Business Analyst', euroPerHour: 130, skills: ['Requirements', 'Process Design', 'Testing'] },
  { name: 'Change Lead', euroPerHour: 170, skills: ['Change Management', 'Training'] },
];

export const SKILLS: readonly string[] = [...new Set(ROLES.flatMap((role) => role.skills))].sort();

/** percent of the DACH price */
const REGION_LEVEL: Record<string, number> = { DACH: 100, Benelux: 96, UK: 104, 'North America': 112, Japan: 98 };

/** price-list conversion, percent of one euro (not a market rate: price lists are fixed for the year) */
const PRICE_LIST: Record<string, number> = { EUR: 100, GBP: 88, USD: 110, CHF: 125, JPY: 16_000 };

export const REGIONS: readonly string[] = Object.keys(REGION_LEVEL);
export const CURRENCIES: readonly string[] = Object.keys(PRICE_LIST);

export function role(name: string): Role {
  const found = ROLES.find((each) => each.name === name);
  if (!found) throw new Error(`unknown role ${name}`);
  return found;
}

/**
 * Price per hour. Always whole currency units (yen: hundreds), so that quarter hours of it are exact in minor units
 * and the oracle needs no rounding rule of its own.
 */
export function hourlyRate(roleName: string, region: string, currency: string): MinorUnits {
  const level = REGION_LEVEL[region];
  const conversion = PRICE_LIST[currency];
  if (level === undefined || conversion === undefined) throw new Error(`no price for ${region} in ${currency}`);
  const units = (role(roleName).euroPerHour * level * conversion) / 10_000;
  return decimals(currency) === 0 ? Math.round(units / 100) * 100 : Math.round(units) * 100;
}
