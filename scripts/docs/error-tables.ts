import { systems } from '../../connectors/systems.ts';
import type { SystemDeclaration } from '../../declarations/system.ts';
import { type Reaction, reactions } from '../../engine/retry-policy.ts';
import { failureClasses } from '../../model/failure.ts';
import { failureClassWords } from './failure-classes.ts';
import { markdownTable } from './markdown-table.ts';

const reactionWords: Record<Reaction, string> = {
  retry: 'delivered again after a growing delay, up to the policy’s attempts; then dead letter',
  wait: 'delivered again at the longest delay, without end',
  park: 'dead letter at once',
};

const code = (text: string | number) => `\`${text}\``;

export function classTable(): string {
  return markdownTable(
    ['class', 'means', 'what happens', 'what you do'],
    failureClasses.map((name) => {
      const { means, todo } = failureClassWords[name];
      return [code(name), means, reactionWords[reactions[name]], todo];
    }),
  );
}

/** What the refusals of each system become, by heading. */
export function systemErrorTables(of: readonly SystemDeclaration[] = systems): Record<string, string> {
  const tables = of.flatMap(({ errors }) => Object.entries(errors));
  return Object.fromEntries(
    tables.map(([heading, words]) => {
      const { columns, rows } = words();
      return [
        heading,
        markdownTable(
          [...columns],
          rows.map((row) => [...row]),
        ),
      ];
    }),
  );
}
