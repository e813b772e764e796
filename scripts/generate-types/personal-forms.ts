import { systems } from '../../connectors/systems.ts';
import type { PersonalForm } from '../../model/personal-forms.ts';

/** What names persons in the records of all systems, by their declarations. */
export function personalForms(banner: string): string {
  const parts = new Map<string, Set<string>>();
  for (const { personal } of systems) {
    for (const [part, names] of Object.entries(personal) as [keyof PersonalForm, readonly string[]][]) {
      parts.set(part, new Set([...(parts.get(part) ?? []), ...names]));
    }
  }
  return [
    banner,
    "import type { PersonalForm } from './personal-forms.ts';",
    '',
    'export const formOfSystems: PersonalForm = {',
    ...[...parts].map(([part, names]) => `  ${part}: [${[...names].map((name) => `'${name}'`).join(', ')}],`),
    '};',
    '',
  ].join('\n');
}
