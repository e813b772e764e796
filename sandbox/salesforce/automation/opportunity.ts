import { Decimal } from 'decimal.js';
import type { Row } from '../store/state.ts';
import type { Work } from '../write/work.ts';
import type { Automation } from './automation.ts';

/**
 * The stage decides closed, won, probability and forecast category; products decide the amount (Object Reference, "Opportunity": an
 * amount written to an opportunity with products is ignored and the call succeeds).
 */
export const opportunity: Automation = {
  before(work, row, old, given) {
    const stage = work.records.all('OpportunityStage').find((each) => each['MasterLabel'] === row['StageName']);
    const changed = !old || old['StageName'] !== row['StageName'];
    if (changed) {
      row['IsClosed'] = stage?.['IsClosed'] === true;
      row['IsWon'] = stage?.['IsWon'] === true;
      if (!given.has('Probability')) row['Probability'] = Number(stage?.['DefaultProbability'] ?? 0);
      row['ForecastCategory'] = stage?.['ForecastCategory'] ?? 'Pipeline';
      if (!given.has('ForecastCategoryName')) row['ForecastCategoryName'] = stage?.['ForecastCategoryName'] ?? 'Pipeline';
      if (!given.has('LastStageChangeDate'))
        row['LastStageChangeDate'] = old || !work.loading ? work.at : (row['SystemModstamp'] ?? work.at);
    }
    if (old?.['HasOpportunityLineItem'] === true) restore(row, old, ['Amount', 'TotalOpportunityQuantity']);
    pushed(row, old);
    expected(row);
    fiscal(row);
  },
};

function restore(row: Row, old: Row, fields: readonly string[]): void {
  for (const field of fields) {
    if (old[field] === undefined) delete row[field];
    else row[field] = old[field];
  }
}

/** How often the close date moved to a later month. */
function pushed(row: Row, old: Row | undefined): void {
  const month = String(row['CloseDate'] ?? '').slice(0, 7);
  const before = String(old?.['CloseDate'] ?? month).slice(0, 7);
  row['PushCount'] = Number(old?.['PushCount'] ?? row['PushCount'] ?? 0) + (month > before ? 1 : 0);
}

export function expected(row: Row): void {
  if (row['Amount'] === undefined) delete row['ExpectedRevenue'];
  else
    row['ExpectedRevenue'] = new Decimal(Number(row['Amount']))
      .times(Number(row['Probability'] ?? 0))
      .dividedBy(100)
      .toDecimalPlaces(2)
      .toNumber();
}

function fiscal(row: Row): void {
  const close = String(row['CloseDate'] ?? '');
  if (close.length < 7) return;
  const quarter = Math.ceil(Number(close.slice(5, 7)) / 3);
  row['FiscalYear'] = Number(close.slice(0, 4));
  row['FiscalQuarter'] = quarter;
  row['Fiscal'] = `${close.slice(0, 4)} ${quarter}`;
}

/** Sums the products into the opportunity, as a change of the opportunity. */
export function rollUpProducts(work: Work, opportunityId: string): void {
  const row = work.records.live('Opportunity', opportunityId);
  if (!row) return;
  const items = work.records.by('OpportunityLineItem', 'OpportunityId', opportunityId);
  const next: Row = { ...row, HasOpportunityLineItem: items.length > 0 };
  if (items.length > 0) {
    next['Amount'] = sum(items, 'TotalPrice');
    next['TotalOpportunityQuantity'] = sum(items, 'Quantity');
  }
  expected(next);
  if (!work.loading) Object.assign(next, { LastModifiedDate: work.at, LastModifiedById: work.userId, SystemModstamp: work.at });
  work.records.put('Opportunity', next);
}

const sum = (rows: readonly Row[], field: string): number =>
  rows.reduce((total, row) => total.plus(Number(row[field] ?? 0)), new Decimal(0)).toNumber();
