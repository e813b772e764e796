import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Bounds, explore, type Violation, wander } from './explore.ts';
import { memoryPlace } from './memory-place.ts';
import type { Mutant } from './mutant.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';
import { fitsSqlite, sqlitePlaces } from './sqlite-place.ts';
import type { Subject } from './world.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** A copy of the engine with the mutant's bug in it, loaded beside the real one. */
export async function mutated(mutant: Pick<Mutant, 'name' | 'store' | 'edits'>): Promise<{ subject: Subject; remove(): void }> {
  // inside the repository: types are stripped anywhere, packages are found only here
  mkdirSync(join(root, '.tmp'), { recursive: true });
  const folder = mkdtempSync(join(root, '.tmp', 'mutant-'));
  for (const part of ['engine', 'model', 'locales']) cpSync(join(root, part), join(folder, part), { recursive: true });
  for (const { file, find, replace } of mutant.edits) {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    const found = text.split(find).length - 1;
    if (found !== 1) {
      rmSync(folder, { recursive: true, force: true });
      throw new Error(`The mutant "${mutant.name}" does not fit any more: its text occurs ${found} times in ${file}:\n${find}`);
    }
    writeFileSync(
      path,
      text.replace(find, () => replace),
    );
  }
  const load = (file: string) => import(pathToFileURL(join(folder, file)).href);
  const { Engine } = (await load('engine/engine.ts')) as Pick<Subject, 'Engine'>;
  const { Approvals } = (await load('engine/approvals.ts')) as Pick<Subject, 'Approvals'>;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  if (mutant.store === 'memory') return { subject: { Engine, Approvals, place: memoryPlace }, remove };
  const { SqliteStore } = (await load('engine/sqlite/sqlite-store.ts')) as { SqliteStore: Parameters<typeof sqlitePlaces>[0] };
  const places = await sqlitePlaces(SqliteStore);
  return {
    subject: { Engine, Approvals, place: () => places.place() },
    remove() {
      places.remove();
      remove();
    },
  };
}

/** The first scenario that notices the bug, those that are likely to before all others; undefined when none does. */
export async function hunt(mutant: Mutant, bounds: Bounds): Promise<Violation | undefined> {
  const { subject, remove } = await mutated(mutant);
  try {
    const likely = suspects(mutant).slice(0, mutant.noticedBy.length);
    for (const scenario of likely) {
      const { violation } = await wander(subject, scenario, { executions: bounds.executions, random: 1 });
      if (violation) return violation;
    }
    for (const scenario of suspects(mutant)) {
      const executions = bounds.executions * (likely.includes(scenario) ? 6 : 1);
      const { violation } = await explore(subject, scenario, { executions });
      if (violation) return violation;
    }
    return undefined;
  } finally {
    remove();
  }
}

function suspects({ noticedBy, store }: Mutant): Scenario[] {
  const fitting = scenarios.filter((scenario) => store === 'memory' || fitsSqlite(scenario));
  const rank = ({ name }: Scenario) => {
    const at = noticedBy.findIndex((begin) => name.startsWith(begin));
    return at < 0 ? noticedBy.length : at;
  };
  return fitting.toSorted((left, right) => rank(left) - rank(right));
}
