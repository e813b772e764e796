import type { Row } from '../store/state.ts';
import type { Automation } from './automation.ts';

/** Name = salutation, first and last name. */
export const personName: Automation = {
  before(_work, row) {
    const parts = [row['Salutation'], row['FirstName'], row['LastName']].filter((part) => part !== undefined && part !== null);
    row['Name'] = parts.join(' ');
  },
};

/**
 * A detail is in its opportunity's currency unless it says another (roll-ups convert details to the master's currency, so the two may
 * differ: Salesforce Help, "Implications of Enabling Multiple Currencies"), and is named by its id when nobody names it.
 */
export const detailOfOpportunity: Automation = {
  before(work, row, old, given) {
    const parent = work.records.live('Opportunity', String(row['Opportunity__c']));
    if (parent && !old && !given.has('CurrencyIsoCode')) row['CurrencyIsoCode'] = parent['CurrencyIsoCode'];
    row['Name'] ??= row.Id;
  },
};

/** One primary contact per opportunity: the newest takes over. */
export const primaryContact: Automation = {
  after(work, row) {
    if (row['IsPrimary'] !== true) return;
    for (const other of work.records.by('OpportunityContactRole', 'OpportunityId', row['OpportunityId'])) {
      if (other.Id !== row.Id && other['IsPrimary'] === true) work.records.put('OpportunityContactRole', { ...other, IsPrimary: false });
    }
  },
};

export const task: Automation = {
  before(work, row, old) {
    row['IsClosed'] = row['Status'] === 'Completed';
    row['IsHighPriority'] = row['Priority'] === 'High';
    if (row['IsClosed'] && old?.['IsClosed'] !== true) row['CompletedDateTime'] = work.at;
    const account = accountOf(work.records.live('Opportunity', String(row['WhatId'])), String(row['WhatId'] ?? ''));
    if (account) row['AccountId'] = account;
  },
};

const accountOf = (opportunity: Row | undefined, whatId: string): string | undefined =>
  opportunity ? (opportunity['AccountId'] as string | undefined) : whatId.startsWith('001') ? whatId : undefined;
