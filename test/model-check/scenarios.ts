import { deathScenarios } from './death-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { three } from './scenario-parts.ts';
import { undoScenarios } from './undo-scenarios.ts';
import { versionScenarios } from './version-scenarios.ts';
import { waitScenarios } from './wait-scenarios.ts';
import { writeScenarios } from './write-scenarios.ts';

/** Each is small, and there for a reason of its own. */
export const scenarios: Scenario[] = [...writeScenarios, ...undoScenarios, ...waitScenarios, ...versionScenarios, ...deathScenarios];

/** The same with one fault more and with more events: what takes hours to explore in full. */
export const deeperScenarios: Scenario[] = scenarios.flatMap((scenario) => {
  const deeper = { ...scenario, name: `${scenario.name}; one fault more`, budget: scenario.budget + 1 };
  const wider = { ...scenario, name: `${scenario.name}; three events`, events: three };
  return scenario.events.length < 3 ? [deeper, wider] : [deeper];
});
