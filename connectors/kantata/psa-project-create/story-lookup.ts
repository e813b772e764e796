import { keyPart } from '../../../model/business-key.ts';
import { olderCodes } from '../../../model/engagement-parts.ts';
import type { Project } from '../../../model/types.generated.ts';
import type { KantataApi } from '../wire.ts';
import type { Known } from '../records/ensure-record.ts';
import { idOf, text } from '../wire/envelope.ts';
import { referenceOf } from '../records/external-reference.ts';
import { Lookup } from '../records/lookup.ts';
import { markOf } from '../records/titles.ts';

/** Phases and milestones may share a code; their kind tells them apart. */
export const storyCode = (model: 'task' | 'milestone', code: string) => `${model}:${code}`;

/** All stories of one workspace, by kind and code: external reference first, else the exact mark in the title. */
export function storyLookup(api: KantataApi, project: Project, workspaceId: string, signal?: AbortSignal): Lookup<Known> {
  return new Lookup(async () => {
    const byReference = new Map<string, Known>();
    const byMark = new Map<string, Known>();
    const older = olderCodes(project);
    const params = {
      workspace_id: workspaceId,
      archived: 'include',
      include_archived: true,
      // the key of a parent is shown only where the parent is asked for
      include: 'external_references,parent',
      order: 'created_at:asc',
    };
    for await (const envelope of api.pages('stories', params, signal)) {
      for (const row of envelope.results) {
        const id = idOf(row, 'stories');
        const reference = referenceOf(api, envelope, row);
        if (reference) {
          if (reference.model === 'task' || reference.model === 'milestone')
            keepFirst(byReference, storyCode(reference.model, older.get(reference.ref) ?? reference.ref), { id, referenced: true, row });
          continue;
        }
        const mark = markOf(text(row, 'title'));
        const model = text(row, 'story_type') === 'milestone' ? 'milestone' : 'task';
        if (mark) keepFirst(byMark, storyCode(model, `${keyPart(project.code)}/${mark}`), { id, referenced: false, row });
      }
    }
    return new Map([...byMark, ...byReference]);
  });
}

function keepFirst(found: Map<string, Known>, code: string, known: Known): void {
  if (!found.has(code)) found.set(code, known);
}
