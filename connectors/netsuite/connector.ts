import { Limiter } from '../http/limiter.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import type { Json } from '../../model/json.ts';
import type { ConnectorFor } from '../../model/operations.ts';
import { testedConnection } from '../kit/connection-test.ts';
import { type NetSuiteConfig, netSuiteSettings } from './settings.ts';
import { setBillingSchedule } from './billing-schedule-set.ts';
import { reachMilestone } from './milestone-reach.ts';
import { createProjects } from './erp-project-create.ts';
import { recordAssignment } from './assignment-record.ts';
import { changeProjects } from './erp-project-change.ts';
import { changeCustomers } from './customer-change.ts';
import { ensureCustomers } from './customer-ensure.ts';
import { findCustomer } from './customer-find.ts';
import { pollCustomers } from './customer-poll.ts';
import { pollInvoices } from './invoice-poll.ts';
import { findPeriod } from './period-find.ts';
import { sumPostedTime } from './posted-time-sum.ts';
import { findFinances } from './project-finances-find.ts';
import { findInvoices } from './project-invoices-find.ts';
import { listPostedExpenses } from './posted-expense-list.ts';
import { listPostedTime } from './posted-time-list.ts';
import { NetSuiteApi } from './wire.ts';
import { postExpenses } from './expense-post.ts';
import { postTime } from './time-post.ts';
import { CustomerFields } from './records/customer-fields.ts';
import { ExpenseLists } from './records/expense-lists.ts';
import { ReferenceData } from './records/reference-data.ts';
import { SuiteQl } from './wire/suiteql.ts';
import { undoRecord } from './undo.ts';
import { unfit } from './unfit.ts';

export type { NetSuiteConfig } from './settings.ts';

export type NetSuiteConnector = ConnectorFor<
  | 'customer.ensure'
  | 'customer.change'
  | 'customer.poll'
  | 'erp-project.create'
  | 'erp-project.change'
  | 'billing-schedule.set'
  | 'milestone.reach'
  | 'time.post'
  | 'posted-time.list'
  | 'posted-expense.list'
  | 'expense.post'
  | 'assignment.record'
  | 'invoice.poll'
  | 'customer.find'
  | 'period.find'
  | 'posted-time.sum'
  | 'project-invoices.find'
  | 'project-finances.find'
>;

/** What the connector takes from outside; tests hand in their own. */
export interface NetSuitePorts {
  /** this machine's time, epoch ms */
  now?: () => number;
}

/** Oracle NetSuite over SuiteTalk REST web services and SuiteQL. Throws a Failure that names the field when the config is not usable. */
export function createNetSuite(config: NetSuiteConfig, ports: NetSuitePorts = {}): NetSuiteConnector {
  const settings = netSuiteSettings(config);
  const { auth } = config;
  const forget = knownSecrets.learnAll(auth.kind === 'tba' ? [auth.consumerSecret, auth.tokenSecret, auth.tokenId] : [auth.privateKey]);
  const api = new NetSuiteApi(settings, ports.now ?? Date.now);
  const suiteQl = new SuiteQl(api.http);
  const references = new ReferenceData(suiteQl, settings.serviceItem);
  const lists = new ExpenseLists(suiteQl);
  const customerFields = new CustomerFields(api);
  const parts = { api, suiteQl, references, settings };
  const lanes = () => ({ lines: new Limiter(2 * settings.concurrency), writes: new Limiter(settings.concurrency) });
  const [timeLanes, expenseLanes] = [lanes(), lanes()];

  return {
    system: 'netsuite',
    unfit,
    test: () =>
      testedConnection(async () => {
        const subsidiaries = await references.legalEntities();
        await references.serviceItemId();
        const { accountId: account, baseUrl: address } = settings;
        const { message, words } = inWords('CONNECTED.netsuite', {
          account,
          signIn: settings.auth.kind === 'oauth2' ? 'OAuth 2.0' : phrase('CONNECTED.netsuite-token'),
          entities: subsidiaries.join(', ') || phrase('CONNECTED.netsuite-no-entity'),
        });
        return { ok: true, message, words, details: { account, address, legalEntities: subsidiaries.length } };
      }),
    health(): Record<string, Json> {
      return {
        account: settings.accountId,
        inFlight: api.http.inFlight,
        concurrency: settings.concurrency,
        lastFailure: api.http.lastFailure ?? null,
      };
    },
    close: async () => forget(),
    undo: (write, context) => undoRecord(parts, write, context),
    operations: {
      'customer.ensure': (request, context) => ensureCustomers(parts, request, context),
      'customer.change': (change, context) => changeCustomers(parts, change, context),
      'customer.poll': (cursor, options, signal) => pollCustomers({ ...parts, customerFields }, cursor, options, signal),
      'erp-project.create': (projects, context) => createProjects(parts, projects, context),
      'erp-project.change': (request, context) => changeProjects(parts, request, context),
      'billing-schedule.set': (schedule, context) => setBillingSchedule(parts, schedule, context),
      'milestone.reach': (milestone, context) => reachMilestone(parts, milestone, context),
      'time.post': (lines, signal, options) => postTime({ ...parts, lanes: timeLanes }, lines, signal, options),
      'expense.post': (lines, signal) => postExpenses({ ...parts, lists, lanes: expenseLanes }, lines, signal),
      'posted-expense.list': (window, signal, unreadable) => listPostedExpenses(parts, window, signal, unreadable),
      'posted-time.list': (window, signal, unreadable) => listPostedTime(parts, window, signal, unreadable),
      'assignment.record': (assignment, context) => recordAssignment(parts, assignment, context),
      'invoice.poll': (cursor, options, signal) => pollInvoices(parts, cursor, options, signal),
      'customer.find': (asked, { signal }) => findCustomer(parts, asked, signal),
      'period.find': (asked, { signal }) => findPeriod(parts, asked, signal),
      'posted-time.sum': (asked, { signal }) => sumPostedTime(parts, asked, signal),
      'project-finances.find': (asked, { signal }) => findFinances(parts, asked, signal),
      'project-invoices.find': (asked, { signal }) => findInvoices(parts, asked, signal),
    },
  };
}
