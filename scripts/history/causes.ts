import type { CrosswalkQuestion } from '../../model/crosswalk-entry.ts';
import type { FailureClass, FailureDetails } from '../../model/failure-details.ts';
import type { Words } from '../../model/failure-sentence.ts';
import { Failure } from '../../model/failure.ts';
import { type FailureText, inWords, phrase, wordsOf } from '../../model/failure-words.ts';
import type { Random } from '../../sandbox/firm/random.ts';
import type { Happening, Kind } from './happening.ts';

/** Why a run stands still: as the product would have said it. */
export interface Cause {
  node: string;
  failure: FailureDetails;
  /** the first of these writes were made before it */
  made: number;
  /** the write was sent, and nobody knows what became of it */
  inDoubt?: true;
  /** the map in which there was no entry */
  unmapped?: CrosswalkQuestion;
}

type Make = (happening: Happening, random: Random) => Cause;

/** Each by how often it happens beside the others of its flow. */
const causes: Record<Kind, readonly (readonly [weight: number, make: Make])[]> = {
  time: [
    [30, (one) => refused('psc-t-post', one, 'business.rejected', 'PERIOD_CLOSED', 'workDate', one.about.day, 'period')],
    [20, (one) => refused('psc-t-post', one, 'business.rejected', 'PROJECT_CLOSED', 'project.code', one.about.code, 'project')],
    [25, (one) => lacks('psc-t-post', one, inWords('EMPLOYEE_UNKNOWN', { email: one.about.person! }), 'resource.email', one.about.person!)],
    [
      10,
      (one) =>
        lacks('psc-t-post', one, inWords('TASK_UNKNOWN', { externalId: `${one.about.code}/P9` }), 'task.code', `${one.about.code}/P9`),
    ],
    [
      8,
      (one) =>
        said(
          'psc-t-post',
          one,
          'transient.throttled',
          'CONCURRENCY_LIMIT_EXCEEDED',
          'Concurrent request limit exceeded. Request blocked.',
          phrase('NETSUITE.overload'),
        ),
    ],
    [7, (one) => doubtful('psc-t-post', one)],
  ],
  expense: [
    [30, (one, random) => category(one, random)],
    [30, (one) => refused('psc-x-post', one, 'business.rejected', 'PERIOD_CLOSED', 'day', one.about.day, 'period')],
    [25, (one) => lacks('psc-x-post', one, inWords('EMPLOYEE_UNKNOWN', { email: one.about.person! }), 'resource.email', one.about.person!)],
    [
      15,
      (one) =>
        said(
          'psc-x-post',
          one,
          'auth.denied',
          'INSUFFICIENT_PERMISSION',
          'You do not have permissions to set a value for element expense.',
          phrase('NETSUITE.permission'),
        ),
    ],
  ],
  assignment: [
    [40, (one) => said('psc-a-erp', one, 'auth.denied', 'INVALID_LOGIN_ATTEMPT', 'Invalid login attempt.', phrase('NETSUITE.login'))],
    [30, (one) => lacks('psc-a-erp', one, inWords('EMPLOYEE_UNKNOWN', { email: one.about.person! }), 'resource.email', one.about.person!)],
    [30, (one) => crmUnknown('psc-a-crm', one)],
  ],
  invoice: [
    [40, (one) => crmUnknown('psc-v-crm', one, 0)],
    [
      20,
      (one) => ({
        node: 'psc-v-psa',
        made: 1,
        failure: details(one, 'transient.unavailable', inWords('UNAVAILABLE.kantata'), { system: 'kantata', status: 503 }),
      }),
    ],
    [
      15,
      (one) => ({
        node: 'psc-v-psa',
        made: 1,
        failure: details(one, 'transient.locked', inWords('LOCKED.kantata'), { system: 'kantata', status: 423 }),
      }),
    ],
    [
      25,
      (one) => ({
        node: 'psc-v-psa',
        made: 1,
        failure: details(one, 'conflict.stale', inWords('CONFLICT.kantata'), { system: 'kantata', status: 409 }),
      }),
    ],
  ],
  amendment: [
    [60, (one) => belowBilled(one)],
    [
      40,
      (one) => ({
        node: 'psc-m-psashow',
        made: 0,
        failure: details(one, 'transient.unavailable', inWords('UNAVAILABLE.kantata'), { system: 'kantata', status: 503 }),
      }),
    ],
  ],
  deal: [
    [25, (one) => unfit(one, 'MILESTONE_SUM')],
    [20, (one) => unfit(one, 'ROLE_WITHOUT_RATE')],
    [20, (one) => unfit(one, 'SCHEMA_REQUIRED')],
    [
      15,
      (one) =>
        lacks(
          'psc-o-customer',
          one,
          inWords('LEGAL_ENTITY_UNKNOWN', { code: 'FR01', known: 'DE01, NL01, GB01, US01, CH01, JP01' }),
          'legalEntity',
          'FR01',
        ),
    ],
    [20, (one, random) => unmapped(one, random)],
    [15, (one) => atWrite('psc-o-psa', one, 2)],
    [10, (one) => atWrite('psc-o-erp', one, 1)],
  ],
};

export function causeOf(happening: Happening, random: Random): Cause {
  const of = causes[happening.kind];
  let place = random.between(
    1,
    of.reduce((sum, [weight]) => sum + weight, 0),
  );
  const [, make] = of.find(([weight]) => (place -= weight) <= 0)!;
  return make(happening, random);
}

/** What a delivery fails by that is tried again and comes through. */
export function passing(happening: Happening): Cause {
  const text = inWords('AS_SAID.netsuite', { said: 'An unexpected error occurred. Error ID: lkq1x7', remedy: phrase('NETSUITE.wait') });
  return {
    node: happening.writes()[0]!.node,
    made: 0,
    failure: details(happening, 'transient.unavailable', { ...text, code: 'UNEXPECTED_ERROR' }, { system: 'netsuite', status: 500 }),
  };
}

export function overtaken({ event }: Happening, newer: string): FailureDetails {
  const text = inWords('OVERTAKEN.moment', { subject: event.subject, version: event.time });
  return new Failure({
    class: 'conflict.stale',
    ...text,
    record: event.subject,
    field: 'version',
    value: newer,
  }).toJSON();
}

type More = Partial<Pick<FailureDetails, 'system' | 'field' | 'value' | 'status' | 'outcome' | 'issues'>>;

function details(happening: Happening, failureClass: FailureClass, text: FailureText, more: More): FailureDetails {
  const outcome = more.outcome ?? 'not-made';
  const record = recordOf(happening);
  return new Failure({ class: failureClass, ...text, ...record, ...more, outcome }).toJSON();
}

function recordOf({ kind, event, about: { code } }: Happening): { record: string; recordWords: Words } {
  const { subject: id } = event;
  if (kind === 'deal') return { record: `engagement ${code}`, recordWords: phrase('RECORD.engagement', { code }) };
  if (kind === 'amendment') return { record: `project ${code}`, recordWords: phrase('RECORD.project', { code }) };
  if (kind === 'expense') return { record: `expense ${id}`, recordWords: phrase('RECORD.expense', { id }) };
  if (kind === 'time') return { record: `time entry ${id}`, recordWords: phrase('RECORD.time-entry', { id }) };
  if (kind === 'assignment') return { record: `assignment ${id}`, recordWords: phrase('RECORD.assignment', { id }) };
  return { record: `project ${code}`, recordWords: phrase('RECORD.project', { code }) };
}

const lacks = (node: string, happening: Happening, text: FailureText, field: string, value: string): Cause => ({
  node,
  made: 0,
  failure: details(happening, 'mapping.missing', text, { system: 'netsuite', field, value }),
});

const saidBy = (text: string, remedy: Words): FailureText => inWords('AS_SAID.netsuite', { said: text, remedy });

const said = (node: string, happening: Happening, failureClass: FailureClass, code: string, text: string, remedy: Words): Cause => ({
  node,
  made: 0,
  failure: details(
    happening,
    failureClass,
    { ...saidBy(text, remedy), code },
    { system: 'netsuite', status: failureClass === 'auth.denied' ? 401 : 429 },
  ),
});

function refused(
  node: string,
  happening: Happening,
  failureClass: FailureClass,
  code: 'PERIOD_CLOSED' | 'PROJECT_CLOSED',
  field: string,
  value: string,
  what: 'period' | 'project',
): Cause {
  const period = new Date(happening.about.day).toLocaleDateString('en-US', { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const [saidOfPeriod, saidOfProject] = [
    'Error while accessing a resource. The transaction date you specified is not within the date range of your accounting period.',
    'Error while accessing a resource. You have entered an Invalid Field Value for the following field: customer.',
  ];
  const words = wordsOf(saidBy(what === 'period' ? saidOfPeriod : saidOfProject, phrase('NETSUITE.business')));
  const text =
    code === 'PERIOD_CLOSED'
      ? inWords('PERIOD_CLOSED', { shown: phrase('PERIOD_CLOSED.shown', { period }), said: words, period })
      : inWords('PROJECT_CLOSED', { shown: phrase('PROJECT_CLOSED.shown', { project: value }), said: words });
  return { node, made: 0, failure: details(happening, failureClass, text, { system: 'netsuite', field, value, status: 400 }) };
}

function category(happening: Happening, random: Random): Cause {
  const value = random.pick(['Hotel', 'Rail', 'Flight', 'Taxi']);
  return lacks(
    'psc-x-post',
    happening,
    inWords('EXPENSE_CATEGORY_UNKNOWN', { category: value, known: 'Travel, Per diem' }),
    'category',
    value,
  );
}

function crmUnknown(node: string, happening: Happening, made = 1): Cause {
  const { code } = happening.about;
  const text = inWords('CRM_RECORD_UNKNOWN', { type: 'Opportunity', field: 'Engagement_Code__c', key: code });
  return { node, made, failure: details(happening, 'mapping.missing', text, { system: 'salesforce', field: 'project.code', value: code }) };
}

function belowBilled(happening: Happening): Cause {
  const { code } = happening.about;
  const text = inWords('BELOW_BILLED', {
    record: phrase('RECORD.project', { code }),
    billed: '174156.00 EUR',
    wanted: '151302.84 EUR',
    systemName: 'NetSuite',
  });
  return {
    node: 'psc-m-erpshow',
    made: 0,
    failure: details(happening, 'business.rejected', text, {
      system: 'netsuite',
      field: 'comments (Contract amount)',
      value: '174156.00 EUR',
    }),
  };
}

/** Some of what a node writes is there already. */
function atWrite(node: 'psc-o-psa' | 'psc-o-erp', happening: Happening, further: number): Cause {
  const made = happening.writes().findIndex((write) => write.node === node) + further;
  if (node === 'psc-o-erp')
    return {
      ...said(
        node,
        happening,
        'transient.throttled',
        'CONCURRENCY_LIMIT_EXCEEDED',
        'Concurrent request limit exceeded. Request blocked.',
        phrase('NETSUITE.overload'),
      ),
      made,
    };
  return {
    node,
    made,
    failure: details(happening, 'transient.unavailable', inWords('UNAVAILABLE.kantata'), { system: 'kantata', status: 503 }),
  };
}

function doubtful(node: string, happening: Happening): Cause {
  const text = { ...saidBy('The request exceeded the time limit.', phrase('NETSUITE.wait')), code: 'EXCEEDED_MAX_TIME' };
  return {
    node,
    made: 0,
    inDoubt: true,
    failure: details(happening, 'transient.timeout', text, { system: 'netsuite', status: 504, outcome: 'unknown' }),
  };
}

function unfit(happening: Happening, code: 'MILESTONE_SUM' | 'ROLE_WITHOUT_RATE' | 'SCHEMA_REQUIRED'): Cause {
  const issue = {
    MILESTONE_SUM: {
      ...inWords('MILESTONE_SUM', { sum: '167992.62 EUR', amount: '167992.61 EUR', difference: '-0.01' }),
      field: 'milestones',
      value: '167992.62 EUR',
    },
    ROLE_WITHOUT_RATE: {
      ...inWords('ROLE_WITHOUT_RATE.region', { role: 'Solution Architect', region: 'Benelux' }),
      field: 'staffing[0].role',
      value: 'Solution Architect',
    },
    SCHEMA_REQUIRED: { ...inWords('SCHEMA_REQUIRED', { field: 'contract.start' }), field: 'contract.start' },
  }[code];
  const { recordWords } = recordOf(happening);
  const text = { ...inWords('INVALID_RECORD', { record: recordWords, first: wordsOf(issue) }), code: issue.code };
  const { field, value } = issue as { field: string; value?: string };
  const more = { field, ...(value === undefined ? {} : { value }), issues: [issue] };
  return { node: 'psc-o-check', made: 0, failure: details(happening, 'contract.invalid', text, more) };
}

function unmapped(happening: Happening, random: Random): Cause {
  const question = {
    table: 'legal-entity',
    from: 'salesforce',
    value: random.pick(['FR01', 'ES01', 'PL01', 'AT01']),
    to: 'netsuite',
    date: happening.about.day,
  };
  const { table, from, value, to, date } = question;
  const text = inWords('CROSSWALK_UNMAPPED', { table, from, value, to, date });
  return {
    node: 'psc-o-map',
    made: 0,
    unmapped: question,
    failure: details(happening, 'mapping.missing', text, { field: 'Legal_Entity__c', value }),
  };
}
