import { derivedIssues } from './derived-codes.ts';
import { engagementIssues } from './engagement-rules.ts';
import type { Issue } from './failure.ts';
import type { Amendment } from './types.generated.ts';

/** What is commercially wrong with the state that an amendment asks for. */
export function amendmentIssues({ engagement }: Amendment): Issue[] {
  return [...engagementIssues(engagement), ...derivedIssues(engagement)].map((issue) => ({ ...issue, field: `engagement.${issue.field}` }));
}
