import { deathScenarios } from './death-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { three } from './scenario-parts.ts';
import { undoScenarios } from './undo-scenarios.ts';
import { waitScenarios } from './wait-scenarios.ts';
import { writeScenarios } from './write-scenarios.ts';

/** What is explored at each `npm test`. */
export const scenarios: Scenario[] = [...writeScenarios, ...undoScenarios, ...waitScenarios, ...deathScenarios];

/** What takes minutes: more events, more faults. `npm run model-check` */
export const longScenarios: Scenario[] = scenarios.flatMap((scenario) => {
  const deeper = { ...scenario, name: `${scenario.name}; one fault more`, budget: scenario.budget + 1 };
  const wider = { ...scenario, name: `${scenario.name}; three events`, events: three };
  return scenario.events.length < 3 ? [scenario, deeper, wider] : [scenario, deeper];
});
