import { fail } from '../failure.ts';
import { calendarDate } from '../store/time.ts';
import type { Automation } from './automation.ts';

const STATUS_CODES: Readonly<Record<string, string>> = { Draft: 'Draft', 'In Approval Process': 'InApproval', Activated: 'Activated' };

/** Contracts start as drafts, are activated by a later update, and end a day before their term is over. */
export const contract: Automation = {
  before(work, row, old, given) {
    row['Status'] ??= 'Draft';
    if (!old && !work.loading && row['Status'] === 'Activated') {
      throw fail('FAILED_ACTIVATION', 'Choose a valid contract status and save your changes. Ask your admin for details.', ['Status']);
    }
    if (!old) {
      const next = (work.records.state.sequences['ContractNumber'] ?? 99) + 1;
      work.records.state.sequences['ContractNumber'] = next;
      row['ContractNumber'] ??= String(next).padStart(8, '0');
    }
    row['StatusCode'] = STATUS_CODES[String(row['Status'])] ?? 'Draft';
    if (row['Status'] === 'Activated' && old?.['Status'] !== 'Activated') {
      if (!given.has('ActivatedDate')) row['ActivatedDate'] = work.at;
      row['ActivatedById'] ??= work.userId;
    }
    const start = row['StartDate'];
    const months = row['ContractTerm'];
    if (typeof start === 'string' && typeof months === 'number') {
      const [year, month, day] = start.split('-').map(Number) as [number, number, number];
      row['EndDate'] = calendarDate(new Date(Date.UTC(year, month - 1 + months, day - 1)));
    } else if (!work.loading) delete row['EndDate'];
  },
};
