import { type Change, changed } from '../../../model/changes.ts';
import type { Words } from '../../../model/failure-sentence.ts';
import { inWords } from '../../../model/failure-words.ts';
import { foldedName } from '../../../model/folded-name.ts';
import { clockHours } from '../../../model/clock-hours.ts';
import { called, withId } from '../../../model/record-names.ts';
import { additionOf, type Aspect, changesOf, isApprovedAddition, type RecordPlan } from '../../kit/change-plan.ts';
import type { ChangedFields } from '../../kit/change-record.ts';
import type { Known } from '../records/ensure-record.ts';
import { askedOf, noted, notesOf, notesWith, notesWithoutAsked } from '../staffing-request/allocation-notes.ts';
import type { DemandPlan } from '../staffing-request/demand-plan.ts';
import { examineHead } from '../staffing-request/examine-staffing.ts';
import { type Head, headsOf } from '../staffing-request/staffing-heads.ts';
import type { HeadThere, StaffingLookups } from '../staffing-request/staffing-lookup.ts';
import { type Row, text } from '../wire/envelope.ts';
import { stopped } from './already-done.ts';
import type { Place } from './place.ts';

/** One person that the amendment asks for: a placeholder that is there, or to be made. */
export interface PlannedHead {
  head: Head;
  plan: DemandPlan;
  record: Words;
  name: string;
  /** internal id of the placeholder, where it is there */
  resourceId?: string;
  there: RecordPlan<Place>[];
  /** the placeholder has no effort yet, and gets some */
  isWithoutAllocation: boolean;
}

/** What an amendment says of the people that are asked for in one project; demand that is staffed already stops it. */
export async function planHeads(
  plans: readonly DemandPlan[],
  there: readonly HeadThere[],
  lookups: StaffingLookups,
): Promise<{ heads: PlannedHead[]; takenOut: RecordPlan<Place>[] }> {
  const heads: PlannedHead[] = [];
  for (const plan of plans) for (const head of headsOf(plan.demand)) heads.push(await planHead(head, plan));
  const wanted = new Set(heads.map(({ head }) => head.code));
  const takenOut: RecordPlan<Place>[] = [];
  for (const one of there) if (!wanted.has(one.code)) takenOut.push(...takingOut(one, await lookups.allocations.find(one.code)));
  return { heads, takenOut };

  async function planHead(head: Head, plan: DemandPlan): Promise<PlannedHead> {
    const { demand } = plan;
    const record = called.staffingDemand(head.code);
    const name = `${demand.role}, ${demand.start} – ${demand.end}, ${clockHours(head.minutes)} h`;
    const resource = await lookups.resources.find(head.code);
    const allocation = await lookups.allocations.find(head.code);
    examineHead(head, plan, { resource, allocation }); // refuses one of another project
    const found = there.find(({ code }) => code === head.code);
    if (!resource || !found) return { head, plan, record, name, there: [], isWithoutAllocation: false };
    // as long as the deal asks for the same, who staffs plans on with what is there
    const isAskedAlready = noted(text(allocation?.row, 'notes'), 'Asked') === askedOf(demand, head);
    const aspects = [
      ...headAspects(found, allocation, head, plan).map((one) => ({ ...one, differs: one.differs && !isAskedAlready })),
      ...(allocation ? allocationAspects(allocation.row, head, plan, isAskedAlready) : []),
    ];
    const isWithoutAllocation = !allocation && head.minutes > 0;
    mustNotBeStaffed(record, found.row, allocation?.row, isWithoutAllocation ? ['minutes'] : namesOfChanges(aspects));
    return {
      ...{ head, plan, record, name, resourceId: resource.id, isWithoutAllocation },
      there: [
        { record, place: placeOf('workspace_resources', head.code, resource.id), aspects: aspects.filter(isOfResource) },
        ...(allocation
          ? [
              {
                record,
                place: placeOf('workspace_allocations', head.code, allocation.id),
                aspects: aspects.filter((one) => !isOfResource(one)),
              },
            ]
          : []),
      ],
    };
  }
}

/** One that was approved to be made, and is there in part, is made by this run or by one before it: the rest follows. */
export function changesOfHead(
  { record, name, resourceId, there, head, isWithoutAllocation }: PlannedHead,
  approved: readonly Change[] = [],
): Change[] {
  if (resourceId === undefined) return [additionOf(record, name)];
  if (isApprovedAddition(record, approved)) return [];
  return [...there.flatMap(changesOf), ...(isWithoutAllocation ? [changed(record, 'allocation', undefined, String(head.minutes))] : [])];
}

const ofResource = ['role', 'skills', 'requested'];
const isOfResource = ({ field }: Aspect) => ofResource.includes(field);
/** What is noted of a demand changes nothing of who does it. */
const namesOfChanges = (aspects: readonly Aspect[]) =>
  aspects.flatMap(({ field, differs }) => (differs && field !== 'notes' ? [field] : []));

function headAspects(
  { row, skills }: HeadThere,
  allocation: Known | undefined,
  head: Head,
  { demand, roleId, skills: wanted }: DemandPlan,
): Aspect[] {
  const role = text(row, 'role_name');
  const [were, shall] = [skills, wanted].map((list) => list.map(({ id }) => id).sort());
  const pending = text(row, 'pending_resource_request_id') !== undefined;
  // one that was taken out, and comes back
  const isBack = !pending && head.minutes > 0 && text(allocation?.row, 'minutes') === '0';
  return [
    {
      ...{ field: 'role', there: role, wanted: demand.role, differs: foldedName(role ?? '') !== foldedName(demand.role) },
      sets: { role_id: { was: text(row, 'role_id') ?? null, set: roleId } },
    },
    {
      ...{ field: 'skills', there: namesOf(skills), wanted: namesOf(wanted), differs: String(were) !== String(shall) },
      sets: { skills: { was: were!, set: shall! } },
    },
    {
      ...{ field: 'requested', there: String(pending), wanted: 'true', differs: isBack },
      sets: { requested: { was: pending, set: true } },
    },
  ];
}

const namesOf = (skills: readonly { name: string }[]) => skills.map(({ name }) => name).join(', ') || undefined;

/** What was asked for is noted with each of them. Notes that are somebody's own stay. */
function allocationAspects(row: Row, head: Head, { demand }: DemandPlan, isAskedAlready: boolean): Aspect[] {
  const notes = text(row, 'notes');
  const isOurs = notes === undefined || notes.startsWith('Staffing demand ');
  const noting: ChangedFields = isOurs ? { notes: { was: notes ?? null, set: notesWith(notes, demand, head) } } : {};
  const [minutes, wanted] = [text(row, 'minutes'), String(head.minutes)];
  const day = (field: string, set: string): Aspect => {
    const there = text(row, field);
    return {
      field,
      there,
      wanted: set,
      differs: !isAskedAlready && there !== set,
      sets: { ...noting, [field]: { was: there ?? null, set } },
    };
  };
  const said = notesOf(demand);
  const isNoted = !isOurs || said.split(' · ').every((part) => notes?.split(' · ').includes(part));
  return [
    {
      ...{ field: 'minutes', there: minutes, wanted, differs: !isAskedAlready && minutes !== wanted },
      sets: { ...noting, minutes: { was: minutes === undefined ? null : Number(minutes), set: head.minutes } },
    },
    day('start_date', demand.start),
    day('end_date', demand.end),
    { field: 'notes', there: notes, wanted: said, differs: !isNoted, sets: noting },
  ];
}

/** Taken out: nobody is asked any more and no effort is left; the placeholder stays, so that it can be brought back. */
function takingOut({ code, row }: HeadThere, allocation: Known | undefined): RecordPlan<Place>[] {
  const record = called.staffingDemand(code);
  const pending = text(row, 'pending_resource_request_id') !== undefined;
  const minutes = text(allocation?.row, 'minutes') ?? '0';
  const there = text(row, 'role_name') ?? withId(text(row, 'id') ?? '');
  const differs = pending || minutes !== '0';
  mustNotBeStaffed(record, row, allocation?.row, differs ? ['requested'] : []);
  const taken = (sets: Aspect['sets'], isShown: boolean): Aspect => ({
    ...{ field: 'requested', there, wanted: undefined, differs: differs && isShown, whole: true, sets },
  });
  const resource = taken({ requested: { was: pending, set: false } }, true);
  const notes = text(allocation?.row, 'notes');
  const noting: ChangedFields = notes === undefined ? {} : { notes: { was: notes, set: notesWithoutAsked(notes) } };
  const effort = taken({ ...noting, minutes: { was: Number(minutes), set: 0 } }, false);
  return [
    { record, place: placeOf('workspace_resources', code, text(row, 'id') ?? ''), aspects: [resource] },
    ...(allocation ? [{ record, place: placeOf('workspace_allocations', code, allocation.id), aspects: [effort] }] : []),
  ];
}

/** Somebody is found for it, or booked for sure: what was promised to a person is not changed behind their back. */
function mustNotBeStaffed(record: Words, row: Row, allocation: Row | undefined, fields: readonly string[]): void {
  const [field] = fields;
  const person = text(row, 'user_id');
  if (field === undefined || (person === undefined && allocation?.['hard'] !== true)) return;
  const by = text(row, 'full_name') ?? text(row, 'display_label') ?? withId(person ?? '');
  throw stopped(record, field, person ?? 'hard', inWords('DEMAND_STAFFED', { record, by, field }));
}

const placeOf = (collection: 'workspace_resources' | 'workspace_allocations', code: string, id: string): Place => ({
  collection,
  id,
  key: `${collection === 'workspace_resources' ? 'resource' : 'allocation'} ${code}`,
});
