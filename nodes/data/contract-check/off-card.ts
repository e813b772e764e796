import { type ContractName, contractIssues } from '../../../model/contract.ts';
import type { Issue } from '../../../model/failure.ts';
import { ratesOffCard } from '../../../model/rate-card-rules.ts';
import type { Amendment, Engagement, RateCard } from '../../../model/types.generated.ts';

type OffCard = (payload: never, card: RateCard) => Issue[];

/** Agreed rates that are not those of the card on the day on which the contract begins, or the amendment takes effect; by what has rates. */
const offCards: Partial<Record<ContractName, OffCard>> = {
  engagement: (engagement: Engagement, card) => ratesOffCard(engagement, card, engagement.contract.start),
  amendment: ({ engagement, effective }: Amendment, card) =>
    ratesOffCard(engagement, card, effective).map((issue) => ({ ...issue, field: `engagement.${issue.field}` })),
};

/** `undefined` of what has no rates. A card that breaks its own contract is told, too. */
export function offCard(contract: ContractName): ((payload: unknown, card: unknown) => Issue[]) | undefined {
  const compare = offCards[contract];
  return (
    compare &&
    ((payload, card) => {
      const wrong = contractIssues('rate-card', card).map((issue) => ({
        ...issue,
        field: issue.field ? `rateCard: ${issue.field}` : 'rateCard',
      }));
      return wrong.length > 0 ? wrong : compare(payload as never, card as RateCard);
    })
  );
}
