import { bearsCrmId } from '../../../model/found-record.ts';
import type { Project } from '../../../model/types.generated.ts';
import { called } from '../../../model/record-names.ts';
import type { KantataApi } from '../wire.ts';
import type { Known } from './ensure-record.ts';
import { idOf, text } from '../wire/envelope.ts';
import { referenceOf, rowsByReference } from './external-reference.ts';
import { Lookup } from './lookup.ts';
import { nameTwice } from './name-twice.ts';
import { markOf } from './titles.ts';

/**
 * The workspaces of some projects, by project code: one question for all external references, then one search by title for
 * each code that has none. Archived ones count too, or a second project would be made beside them.
 */
export function workspaceLookup(api: KantataApi, codes: string[], signal?: AbortSignal): Lookup<Known> {
  return new Lookup(async () => {
    const found = new Map<string, Known>();
    const params = { include_archived: true };
    const byReference = Map.groupBy(await rowsByReference(api, 'workspaces', 'project', codes, params, signal), ({ ref }) => ref);
    for (const code of codes) {
      const referenced = byReference.get(code)?.map(({ row }) => ({ id: idOf(row, called.project(code)), referenced: true, row }));
      const known = theOne(code, referenced ?? (await byTitle(api, code, signal)));
      if (known) found.set(code, known);
    }
    return found;
  });
}

/** Beside one that is worked on archived ones are history; of several none is taken for the project. */
function theOne(code: string, all: readonly Known[]): Known | undefined {
  const active = all.filter(({ row }) => row['archived'] !== true);
  if (active.length < 2) return active[0] ?? all[0];
  const about = { record: called.project(code), field: 'title' };
  throw nameTwice({ name: code, collection: 'workspaces', ids: active.map(({ id }) => id) }, about);
}

/**
 * Workspaces that are shares of a deal by their code (`ENG-0001-NL01`) and by its mark, and that it has no more. Archived ones are done with, and are
 * left out of lists unless asked for.
 */
export async function sharesLeftOver(
  api: KantataApi,
  projects: readonly Project[],
  signal?: AbortSignal,
): Promise<{ code: string; title: string }[]> {
  const main = projects.find((project) => project.main);
  if (!main?.engagementId) return [];
  const left: { code: string; title: string }[] = [];
  for await (const envelope of api.pages('workspaces', { search: `${main.code}-`, include: 'external_references' }, signal)) {
    for (const row of envelope.results) {
      const reference = referenceOf(api, envelope, row);
      if (reference?.model !== 'project' || !reference.ref.startsWith(`${main.code}-`)) continue;
      if (row['archived'] === true || !bearsCrmId(text(row, 'description'), main.engagementId)) continue;
      if (projects.some(({ code }) => code === reference.ref)) continue;
      left.push({ code: reference.ref, title: text(row, 'title') ?? idOf(row, called.project(reference.ref)) });
    }
  }
  return left;
}

async function byTitle(api: KantataApi, code: string, signal?: AbortSignal): Promise<Known[]> {
  const found: Known[] = [];
  const params = { search: code, include: 'external_references', include_archived: true };
  for await (const envelope of api.pages('workspaces', params, signal)) {
    for (const row of envelope.results) {
      if (markOf(text(row, 'title')) !== code) continue;
      const reference = referenceOf(api, envelope, row);
      // a workspace that belongs to another project code by its reference is not this one, whatever its title says
      if (reference && reference.ref !== code) continue;
      found.push({ id: idOf(row, called.project(code)), referenced: reference !== undefined, row });
    }
  }
  return found;
}
