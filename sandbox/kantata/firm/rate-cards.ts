import { addDays, instant } from '../../firm/calendar-date.ts';
import type { Firm } from '../../firm/firm.ts';
import type { KantataIds } from './ids.ts';
import type { KantataRow } from './row.ts';
import { CURRENCIES, hourlyRate, REGIONS, ROLES } from '../../firm/roles.ts';

/** One price list per region, with a card per currency: list prices, from which contracts take their rates. */
export function rateCardRows(firm: Firm, ids: KantataIds): Record<string, KantataRow[]> {
  const stamp = instant(addDays(firm.week0, -280), '08:00');
  const stamps = { created_at: stamp, updated_at: stamp };
  const cards = REGIONS.flatMap((region, set) =>
    CURRENCIES.map((currency) => ({ region, set, currency, card: ids.rateCard(`${region}|${currency}`) })),
  );
  return {
    rate_card_sets: REGIONS.map((region, set) => ({
      id: String(801 + set),
      title: `Price list ${region}`,
      account_default: set === 0,
      ...stamps,
    })),
    rate_card_set_versions: REGIONS.map((_region, set) => ({
      id: String(821 + set),
      rate_card_set_id: String(801 + set),
      active: true,
      effective_date: `${Number(firm.date.slice(0, 4)) - 1}-01-01`,
      ...stamps,
    })),
    rate_cards: cards.map(({ set, currency, card }) => ({ id: card, rate_card_set_id: String(801 + set), currency, ...stamps })),
    // a card has one version, under its own number
    rate_card_versions: cards.map(({ set, card, region, currency }) => ({
      id: card,
      rate_card_id: card,
      rate_card_set_version_id: String(821 + set),
      default_rate: hourlyRate('Consultant', region, currency),
      ...stamps,
    })),
    rate_card_roles: cards.flatMap(({ card, region, currency }) =>
      ROLES.map((role, index) => ({
        id: `${card}${index}`,
        rate_card_version_id: card,
        role_id: ids.role(role.name),
        rate: hourlyRate(role.name, region, currency),
        ...stamps,
      })),
    ),
  };
}
