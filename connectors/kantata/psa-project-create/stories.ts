import { milestoneCode, phaseCode, taskCode } from '../../../model/engagement-parts.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { phrase } from '../../../model/failure-words.ts';
import type { Json, JsonObject } from '../../../model/json.ts';
import type { LeftOut } from '../../../model/left-out.ts';
import { minorUnits } from '../../../model/money.ts';
import { called } from '../../../model/record-names.ts';
import type { Milestone, Money, Phase, Project } from '../../../model/types.generated.ts';
import { ensureRecord, type Known, type Writer } from '../records/ensure-record.ts';
import type { Lookup } from '../records/lookup.ts';
import { milestoneDescription, milestoneTitle, phaseTitle, taskTitle } from '../records/titles.ts';
import { storyCode } from './story-lookup.ts';

/** What a person calls the write of a record. */
export const titleOf = (record: Words) => phrase('WRITE.in', { record, systemName: 'Kantata' });

/** Writes the stories of one project; what is there already is asked once. */
export class Stories {
  private readonly project: Project;
  private readonly workspaceId: string;
  private readonly writer: Writer;
  private readonly lookup: Lookup<Known>;
  private readonly leftOut: (fields: LeftOut[]) => void;

  constructor(project: Project, workspaceId: string, lookup: Lookup<Known>, writer: Writer, leftOut: (fields: LeftOut[]) => void) {
    this.project = project;
    this.workspaceId = workspaceId;
    this.lookup = lookup;
    this.writer = writer;
    this.leftOut = leftOut;
  }

  phase(phase: Phase): Promise<string> {
    const code = phaseCode(this.project.code, phase.code);
    return this.story('task', code, called.phase(code), {
      title: phaseTitle(phase),
      story_type: 'deliverable',
      start_date: phase.start,
      due_date: phase.end,
      ...this.budget(phase.budget),
    });
  }

  task(phase: Phase, task: Phase['tasks'][number], parent: string): Promise<string> {
    const code = taskCode(this.project.code, phase.code, task.code);
    return this.story('task', code, called.task(code), {
      title: taskTitle(phase, task),
      story_type: 'task',
      parent_id: parent,
      billable: task.billable ?? true,
      ...(task.plannedMinutes === undefined ? {} : { time_estimate_in_minutes: task.plannedMinutes }),
    });
  }

  milestone(milestone: Milestone): Promise<string> {
    const code = milestoneCode(this.project.code, milestone.code);
    return this.story('milestone', code, called.milestone(code), {
      title: milestoneTitle(milestone),
      story_type: 'milestone',
      due_date: milestone.due,
      description: milestoneDescription(milestone, this.project),
      ...this.budget(milestone.amount),
    });
  }

  private story(model: 'task' | 'milestone', code: string, record: Words, attributes: JsonObject): Promise<string> {
    return ensureRecord(
      {
        key: `${model === 'milestone' ? 'milestone' : 'story'} ${code}`,
        title: titleOf(record),
        collection: 'stories',
        singular: 'story',
        subjectType: 'Story',
        attributes: { workspace_id: this.workspaceId, ...attributes },
        reference: { model, ref: code },
        optional: { description: 'description', time_estimate_in_minutes: 'plannedMinutes' },
        leftOut: this.leftOut,
        code: storyCode(model, code),
        lookup: this.lookup,
      },
      this.writer,
    );
  }

  /** Budgets are cents of the project's own currency; another currency stays in the description. */
  private budget(amount: Money | undefined): { [name: string]: Json } {
    return amount?.currency === this.project.currency ? { budget_estimate_in_cents: minorUnits(amount) } : {};
  }
}
