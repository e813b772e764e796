import type { CallLimit, SystemFacts, WriteFacts } from '../../declarations/operation-facts.ts';
import { pageLimit } from './wire.ts';

const byReference = 'the create carries the external reference; else the title begins with the code';

/** A record that is made when it is not there. */
const made = (keys: readonly string[], twice: string, certain: string, inverse: WriteFacts['inverse']): WriteFacts => ({
  ...{ keys, settles: 'probe', twice, certain, inverse },
  code: 'connectors/kit/ensure-record.ts',
});

const deleted = { by: 'system', how: 'deleted' } as const;

/** The mark by which a record that had been there is known from now on. */
const referenced: WriteFacts = {
  keys: ['reference of …'],
  settles: 'probe',
  twice: 'harmless',
  certain: 'the record shows its external reference',
  inverse: { by: 'nobody', why: 'a mark on a record that had been there' },
  code: 'connectors/kantata/records/ensure-record.ts',
};

/** Somebody who is asked for. */
const staffed: readonly WriteFacts[] = [
  made(['resource CODE[#HEAD]', 'allocation CODE[#HEAD]'], '**demand counted double**', 'external reference', deleted),
  made(['skill CODE[#HEAD] NAME'], 'a second mark', 'one skill once for each resource', { by: 'nobody', why: 'it goes with its resource' }),
  made(['request CODE[#HEAD]'], '**a second request**', 'one request for each resource of ours', { by: 'system', how: 'cancelled' }),
];

const reads: readonly CallLimit[] = [
  { most: pageLimit, of: 'ids', per: 'query' },
  { most: pageLimit, of: 'records', per: 'page' },
];
const oneRecord: CallLimit = { most: 1, of: 'record', per: 'write' };

const projects = 'see all projects, with financial access';
const references = 'create external references';

/** What Kantata is written, what each call costs, and why no write can be there twice. */
export const facts: SystemFacts = {
  rights: ['a user of the account, by his access token: an account administrator is the plain way'],
  ownWords: ['mavenlink'],
  operations: {
    'psa-project.create': {
      rights: ['create projects as consultant', projects, references],
      limits: [oneRecord, ...reads],
      writes: [
        made(['workspace CODE'], '**a second project**', byReference, { by: 'system', how: 'archived: the API cannot delete it' }),
        made(['story CODE/PHASE[/TASK]', 'milestone CODE/MILESTONE'], '**a second task**', `${byReference}, within the project`, deleted),
        referenced,
      ],
      // projects by reference; then of each project a search by title, and its tasks
      calls: [
        {
          once: 1,
          each: [
            { calls: 1, per: 'record' },
            { calls: 2, per: 'project', type: 'workspaces' },
          ],
        },
      ],
    },
    'psa-project.change': {
      rights: [
        'administrator, or team lead with financial access on the project',
        projects,
        references,
        'create unnamed resources, allocations and resource requests, and cancel requests',
      ],
      limits: [oneRecord, ...reads],
      writes: [
        {
          keys: [
            'change workspace CODE',
            'change story CODE/PHASE[/TASK]',
            'change milestone CODE/MILESTONE',
            'change resource CODE[#HEAD]',
            'change allocation CODE[#HEAD]',
          ],
          settles: 'probe',
          twice: 'harmless',
          certain: 'the record shows each field that was to be changed',
          inverse: { by: 'system', how: 'each field gets back what it held, where it still holds what it was changed to' },
          code: 'connectors/kit/change-record.ts',
        },
        made(['story CODE/PHASE[/TASK]', 'milestone CODE/MILESTONE'], '**a second task**', `${byReference}, within the project`, deleted),
        ...staffed,
        referenced,
      ],
      // projects by reference and by title, their tasks, shares that are left over; roles, skills, the approver, whom they ask for, skills and requests of those
      calls: [{ once: 20, each: [{ calls: 2, per: 'record' }], also: 'of more than two records that are changed, three for each' }],
    },
    'staffing.request': {
      rights: ['create unnamed resources, allocations and resource requests', projects, references],
      limits: [oneRecord, ...reads],
      writes: [...staffed, referenced],
      // roles, skills, the approver, projects, who was asked for, resources, allocations, skills of resources, requests twice
      calls: [{ once: 10, each: [{ calls: 1, per: 'record' }] }],
    },
    // the project by its reference, custom fields, what they show
    'psa-invoice-status.write': {
      rights: ['administrator, or team lead with financial access on the project', 'edit the custom fields of the list'],
      limits: [oneRecord, ...reads],
      writes: [
        {
          keys: ['custom_fields CODE CONTENT'],
          settles: 'probe',
          twice: 'harmless, or refused: a field has one value for each project',
          certain: 'the project shows every value of the list; a newer invoice or state than this one is never written over',
          inverse: { by: 'nobody', why: 'it says what the books say, whatever becomes of the run' },
          code: 'connectors/kantata/psa-invoice-status-write.ts',
        },
      ],
      calls: [{ once: 4, each: [{ calls: 1, per: 'field' }], also: 'where another invoice was shown, two' }],
    },
    // a page with its projects and tasks; at the end one that is empty
    'approved-time.poll': {
      rights: ['read time entries of everybody', projects, 'of deleted time: account administrator, the add-on Subscribed Events'],
      limits: reads,
      calls: [
        {
          once: 1,
          each: [
            { calls: 3, per: 'entries', size: pageLimit },
            { calls: 3, per: 'deletions', size: pageLimit },
          ],
          also: 'where deleted time is asked for, one at first and one each time',
        },
      ],
    },
    // the first look; a page of events with the bookings and places that they are about, people and projects; at the end one that is empty
    'assignment.poll': {
      rights: ['account administrator', 'the add-on Subscribed Events', 'see people and allocations of everybody', projects],
      limits: reads,
      calls: [{ once: 4, each: [{ calls: 6, per: 'events', size: pageLimit }] }],
    },
    // role, skills and who has them, region and who is in it, memberships, holidays thrice; then of people their skills, weeks, time off, bookings and places
    'availability.find': {
      rights: ['see people, workweeks, holidays, time off and allocations of everybody'],
      limits: reads,
      calls: [{ once: 9, each: [{ calls: 5, per: 'people', size: pageLimit }], also: 'further pages of bookings' }],
    },
    // the token's own user and membership; then as availability, less its skills asked for; and pages of time
    'utilization.find': {
      rights: ['account administrator', 'see people, workweeks, holidays, time off, allocations and time of everybody'],
      limits: reads,
      calls: [
        {
          once: 11,
          each: [
            { calls: 5, per: 'people', size: pageLimit },
            { calls: 1, per: 'entries', size: pageLimit - 1 },
          ],
          also: 'further pages of bookings',
        },
      ],
    },
    'approved-time.list': {
      rights: ['read time entries of everybody', projects],
      limits: reads,
      calls: [{ once: 0, each: [{ calls: 3, per: 'entries', size: pageLimit - 1 }] }],
    },
    'approved-expense.list': {
      rights: ['read expenses and expense reports of everybody', projects],
      limits: reads,
      calls: [{ once: 0, each: [{ calls: 3, per: 'expenses', size: pageLimit - 1 }] }],
    },
    // a page with its projects and tasks; at the end one that is empty
    'approved-expense.poll': {
      rights: ['read expenses and expense reports of everybody', projects],
      limits: reads,
      calls: [{ once: 1, each: [{ calls: 3, per: 'expenses', size: pageLimit }] }],
    },
    // a page with its projects and its own references; at the end one that is empty
    'milestone.poll': {
      rights: [projects],
      limits: reads,
      calls: [{ once: 1, each: [{ calls: 3, per: 'milestones', size: pageLimit }] }],
    },
  },
  undo: {
    keys: ['undo KEY'],
    settles: 'probe',
    twice: 'harmless',
    certain: 'the record is gone, archived or cancelled, or the fields hold what they held; looked at before and after',
    inverse: { by: 'nobody', why: 'it is the undoing' },
    code: 'connectors/kantata/undo.ts',
  },
};
