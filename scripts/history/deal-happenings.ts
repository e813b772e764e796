import { phrase } from '../../model/failure-words.ts';
import { clientAccount } from '../../sandbox/firm/client-accounts.ts';
import type { Engagement } from '../../sandbox/firm/engagement.ts';
import { LEGAL_ENTITIES } from '../../sandbox/firm/legal-entities.ts';
import { toDecimal } from '../../sandbox/firm/minor-units.ts';
import type { Project } from '../../sandbox/firm/projects.ts';
import {
  between,
  codeIn,
  day,
  dayOf,
  event,
  type Happening,
  mark,
  type Office,
  salesforceId,
  telling,
  workingHour,
  write,
} from './happening.ts';

const practices = ['Strategy', 'Technology', 'Data', 'Operations'] as const;

export function deal(office: Office, engagement: Engagement, at: number): Happening {
  const code = codeIn(office, engagement.code);
  const account = clientAccount(engagement.account);
  const [id, amount] = [salesforceId('006', code), toDecimal(engagement.amount, engagement.currency)];
  const region = LEGAL_ENTITIES.find((one) => one.code === engagement.legalEntity)?.region ?? '';
  const data = {
    Id: id,
    Name: engagement.name,
    StageName: 'Closed Won',
    CloseDate: dayOf(at),
    Amount: Number(amount),
    CurrencyIsoCode: engagement.currency,
    Engagement_Code__c: code,
    Contract_Start_Date__c: engagement.contractStart,
    Contract_End_Date__c: engagement.contractEnd,
    Billing_Type__c: engagement.billing,
    Legal_Entity__c: engagement.legalEntity,
    Payment_Terms__c: engagement.paymentTerms,
    PO_Number__c: engagement.poNumber,
    Delivery_Manager_Email__c: engagement.deliveryManager,
    legalEntity: engagement.legalEntity,
    ...(region ? { region } : {}),
    practice: practices[Number(engagement.code.slice(4)) % practices.length]!,
    Account: { Id: salesforceId('001', account.code), Name: account.name, Account_Code__c: account.code, Legal_Name__c: account.legalName },
  };
  const parts = engagement.phases.flatMap((phase) => [
    { kind: 'phase' as const, code: `${code}/${phase.code}`, name: phase.name },
    ...phase.tasks.map((task) => ({ kind: 'task' as const, code: `${code}/${phase.code}/${task.code}`, name: task.name })),
  ]);
  const customer = `${account.code}@${engagement.legalEntity}`;
  const part = (one: (typeof parts)[number]) =>
    one.kind === 'phase' ? phrase('RECORD.phase', { code: one.code }) : phrase('RECORD.task', { code: one.code });
  const project = phrase('RECORD.project', { code });
  const number = Number(mark(code).slice(0, 6).replace(/\D/g, '1'));
  return {
    kind: 'deal',
    at,
    event: {
      ...event({ type: 'opportunity.won', source: '/salesforce/00D5g0000000001EAA/Opportunity', id, subject: code, key: id }, at, data),
    },
    about: {
      code,
      entity: engagement.legalEntity,
      day: dayOf(at),
      ...(engagement.standing === 'broken' ? { defect: engagement.name } : {}),
    },
    writes: () => [
      write(
        'psc-o-customer',
        'netsuite',
        `customer ${customer}`,
        phrase('RECORD.customer', { key: customer }),
        { externalId: customer, companyName: account.legalName },
        { id: String(number) },
      ),
      write(
        'psc-o-erp',
        'netsuite',
        `job ${code}`,
        project,
        { externalId: code, companyName: engagement.name, jobPrice: amount },
        { id: String(number + 1) },
      ),
      ...parts.map((one, index) =>
        write(
          'psc-o-erp',
          'netsuite',
          `projectTask ${one.code}`,
          part(one),
          { externalId: one.code, title: one.name },
          { id: String(number + 2 + index) },
        ),
      ),
      write(
        'psc-o-psa',
        'kantata',
        `workspace ${code}`,
        project,
        { title: engagement.name },
        { id: String(number + 100), referenced: true },
      ),
      ...parts.map((one, index) =>
        write(
          'psc-o-psa',
          'kantata',
          `story ${one.code}`,
          part(one),
          { title: one.name },
          { id: String(number + 101 + index), referenced: true },
        ),
      ),
      ...engagement.milestones.map(({ code: milestone, name }, index) =>
        write(
          'psc-o-psa',
          'kantata',
          `milestone ${code}/${milestone}`,
          phrase('RECORD.milestone', { code: `${code}/${milestone}` }),
          { title: name },
          { id: String(number + 200 + index), referenced: true },
        ),
      ),
      telling('psc-o-done', id, { Integration_Status__c: 'Provisioned' }),
    ],
  };
}

export function amendment(office: Office, project: Project, index: number): Happening {
  const code = codeIn(office, project.engagement.code);
  const at = office.from + between(office, 2, 19) * day + workingHour(office);
  const id = `${salesforceId('800', code)}:${index + 1}`;
  const { legalEntity: entity, currency, amount } = project.engagement;
  const reason = office.random.pick([
    'Two more sites',
    'Access comes a month later',
    'The client has a design already',
    'More people for the rollout',
  ]);
  const data = {
    Id: salesforceId('800', code),
    Amendment_Number__c: index + 1,
    Amendment_Reason__c: reason,
    CurrencyIsoCode: currency,
    legalEntity: entity,
  };
  const wanted = toDecimal(Math.round((amount * between(office, 80, 130)) / 100), currency);
  return {
    kind: 'amendment',
    at,
    event: event(
      { type: 'contract.amended', source: '/salesforce/00D5g0000000001EAA/Contract', id, subject: code, key: salesforceId('006', code) },
      at,
      data,
    ),
    about: { code, entity, day: dayOf(at) },
    writes: () => [
      write(
        'psc-m-erp',
        'netsuite',
        `job ${code}`,
        phrase('RECORD.project', { code }),
        { jobPrice: wanted },
        { id: code.replace(/\D/g, '') },
      ),
      write(
        'psc-m-psa',
        'kantata',
        `workspace ${code}`,
        phrase('RECORD.project', { code }),
        { description: `${wanted} ${currency}` },
        { id: code.replace(/\D/g, '') },
      ),
      telling('psc-m-done', salesforceId('006', code), { Integration_Status__c: 'Amended' }),
    ],
  };
}
