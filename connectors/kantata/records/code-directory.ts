import { keyPart } from '../../../model/business-key.ts';
import { chunks, type KantataApi } from '../wire.ts';
import { idOf, type Row, text } from '../wire/envelope.ts';
import { type ReferenceModel, referenceOf } from './external-reference.ts';
import { markOf } from './titles.ts';

interface Source {
  collection: 'workspaces' | 'stories';
  models: ReferenceModel[];
  /** so that archived ones are found as well */
  params: Record<string, string | boolean>;
}

const sources = {
  project: { collection: 'workspaces', models: ['project'], params: { include_archived: true } },
  task: { collection: 'stories', models: ['task', 'milestone'], params: { include_archived: true, archived: 'include' } },
} satisfies Record<string, Source>;

/** `code` is absent when the record has no reference of ours. */
interface Answer {
  code: string | undefined;
  /** epoch ms after which it is asked again */
  until: number;
}

/** A reference may be corrected by a person; a missing one is usually on its way. */
const keptForMs = { known: 600_000, missing: 60_000 };

/** With more answers per kind than the projects and tasks that 100,000 entries can name, old ones go. */
const most = 200_000;
/** Whoever looks a code up has learned it a moment ago: what others learn meanwhile takes it from nobody. */
const longestLearningMs = 600_000;

/** The firm's codes of workspaces and stories by Kantata id, from their external references; looked up in batches, kept a while. */
export class CodeDirectory {
  private readonly api: KantataApi;
  private readonly now: () => number;
  private readonly projects = new Map<string, Answer>();
  private readonly tasks = new Map<string, Answer>();

  constructor(api: KantataApi, now: () => number = Date.now) {
    this.api = api;
    this.now = now;
  }

  /** Learns what is not known yet. */
  async learn(workspaceIds: Iterable<string>, storyIds: Iterable<string>, signal?: AbortSignal): Promise<void> {
    await Promise.all([
      this.read(sources.project, this.projects, workspaceIds, signal),
      this.read(sources.task, this.tasks, storyIds, signal),
    ]);
  }

  /** External reference first, else the mark at the start of the title (`ENG-0001 · ERP rollout`). */
  projectCode(id: string | undefined, row: Row | undefined): string | undefined {
    return this.projects.get(id ?? '')?.code ?? codeMark(text(row, 'title'));
  }

  taskCode(id: string | undefined, row: Row | undefined, projectCode: string | undefined): string | undefined {
    const known = this.tasks.get(id ?? '')?.code;
    if (known) return known;
    const mark = codeMark(text(row, 'title'));
    return mark && projectCode ? `${keyPart(projectCode)}/${mark}` : undefined;
  }

  private forgetOld(answers: Map<string, Answer>): void {
    const before = this.now() - longestLearningMs;
    for (const [id, { until }] of answers) if (until < before) answers.delete(id);
  }

  private async read(source: Source, answers: Map<string, Answer>, ids: Iterable<string>, signal?: AbortSignal): Promise<void> {
    if (answers.size > most) this.forgetOld(answers);
    const asked = [...new Set(ids)].filter((id) => (answers.get(id)?.until ?? 0) <= this.now());
    for (const chunk of chunks(asked)) {
      const codes = new Map<string, string>();
      const params = { ...source.params, only: chunk.join(','), include: 'external_references' };
      for await (const envelope of this.api.pages(source.collection, params, signal)) {
        for (const row of envelope.results) {
          const reference = referenceOf(this.api, envelope, row);
          if (reference && source.models.some((model) => model === reference.model)) codes.set(idOf(row, source.collection), reference.ref);
        }
      }
      for (const id of chunk) {
        const code = codes.get(id);
        answers.set(id, { code, until: this.now() + (code ? keptForMs.known : keptForMs.missing) });
      }
    }
  }
}

/** A code has no blanks and at least a digit; anything else before the dot is prose. */
function codeMark(title: string | undefined): string | undefined {
  const mark = markOf(title);
  return mark && /^\S+$/.test(mark) && /\d/.test(mark) ? mark : undefined;
}
