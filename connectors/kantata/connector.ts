import type { Param } from '../../model/failure-sentence.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import type { ConnectionTest, ConnectorFor } from '../../model/operations.ts';
import { KantataApi } from './wire.ts';
import { testedConnection } from '../kit/connection-test.ts';
import { pollApprovedExpenses } from './approved-expense-poll.ts';
import { listApprovedExpenses } from './approved-expense-list.ts';
import { listApprovedTime } from './approved-time-list.ts';
import { pollApprovedTime } from './approved-time-poll.ts';
import { pollAssignments } from './assignment-poll.ts';
import { findAvailability } from './availability-find.ts';
import { findUtilization } from './utilization-find.ts';
import { pollMilestones } from './milestone-poll.ts';
import { CodeDirectory } from './records/code-directory.ts';
import { type KantataConfig, kantataSettings } from './settings.ts';
import { text } from './wire/envelope.ts';
import { changeProjects } from './psa-project-change.ts';
import { createProjects } from './psa-project-create.ts';
import { writeInvoiceStatus } from './psa-invoice-status-write.ts';
import { requestStaffing } from './staffing-request.ts';
import { undoRecord } from './undo.ts';

export type { KantataConfig } from './settings.ts';

export type KantataConnector = ConnectorFor<
  | 'psa-project.create'
  | 'psa-project.change'
  | 'staffing.request'
  | 'approved-time.poll'
  | 'approved-time.list'
  | 'approved-expense.list'
  | 'approved-expense.poll'
  | 'milestone.poll'
  | 'assignment.poll'
  | 'availability.find'
  | 'utilization.find'
  | 'psa-invoice-status.write'
>;

/**
 * Kantata OX (formerly Mavenlink) as the firm's PSA. API: https://developer.kantata.com/
 *
 * ```ts
 * const psa = createKantata({ accessToken });
 * await psa.test();
 * ```
 */
export function createKantata(config: KantataConfig): KantataConnector {
  const settings = kantataSettings(config);
  const forget = knownSecrets.learnAll([settings.accessToken]);
  const api = new KantataApi(settings);
  const codes = new CodeDirectory(api);
  const [movingTime, movingExpenses] = [new Set<string>(), new Set<string>()];
  const [movingMilestones, movingBookings] = [new Set<string>(), new Set<string>()];
  return {
    system: 'kantata',
    // Kantata documents no length of a title or a reference (contract, guides and gem read): nothing is refused that it might take. Its own refusal names the field
    unfit: {},
    test: (signal?: AbortSignal) => testedConnection(() => test(api, signal)),
    health: () => api.health(),
    close: async () => forget(),
    undo: (write, context) => undoRecord(api, write, context),
    operations: {
      'psa-project.create': (projects, context) => createProjects(projects, { api, context }),
      'psa-project.change': (request, context) => changeProjects(request, { api, context }),
      'staffing.request': (demands, context) => requestStaffing(demands, { api, context }),
      'approved-time.poll': (stored, options, signal) => pollApprovedTime(api, codes, { stored, moving: movingTime }, options, signal),
      'approved-expense.poll': (stored, options, signal) =>
        pollApprovedExpenses(api, codes, { stored, moving: movingExpenses }, options, signal),
      'approved-expense.list': (window, signal, unreadable) => listApprovedExpenses(api, codes, window, signal, unreadable),
      'approved-time.list': (window, signal, unreadable) => listApprovedTime(api, codes, window, signal, unreadable),
      'milestone.poll': (stored, options, signal) => pollMilestones(api, codes, { stored, moving: movingMilestones }, options, signal),
      'assignment.poll': (cursor, options, signal) => pollAssignments(api, codes, cursor, options, signal, movingBookings),
      'availability.find': (wanted, signal) => findAvailability(api, wanted, signal),
      'utilization.find': (wanted, signal) => findUtilization(api, wanted, signal),
      'psa-invoice-status.write': (status, context) => writeInvoiceStatus(status, { api, context }),
    },
  };
}

async function test(api: KantataApi, signal?: AbortSignal): Promise<ConnectionTest> {
  const user = await api.me(signal);
  const id = text(user, 'id') ?? '';
  const name: Param = text(user, 'full_name') ?? phrase('CONNECTED.kantata-user', { id });
  const email = text(user, 'email_address');
  const { host } = new URL(api.settings.baseUrl);
  const { message, words } = email
    ? inWords('CONNECTED.kantata-email', { host, name, email })
    : inWords('CONNECTED.kantata', { host, name });
  return { ok: true, message, words, details: { userId: id, serviceName: api.settings.serviceName } };
}
