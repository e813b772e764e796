import type { ConformanceData } from '../../conformance.ts';
import { approvedEntry, approvedExpense, assignment, eur, postedEntry, postedReport, reads, running } from './samples.ts';

/** Time, expenses and people, and the period that they fall into. */
export const posting: ConformanceData['operations'] = {
  'time.post': [
    {
      given: running,
      input: [approvedEntry('1'), approvedEntry('2'), approvedEntry('a3')],
      makes: ['timeBill kantata___1', 'timeBill kantata___2', 'timeBill kantata___a3'],
      others: {
        after: 'the sample',
        input: [approvedEntry('A3')],
        failure: {
          class: 'conflict.duplicate',
          code: 'EXTERNAL_ID_CASE',
          record: 'time entry kantata:A3',
          field: 'externalId',
          value: 'kantata___a3',
        },
      },
      refused: {
        input: [{ ...approvedEntry('1'), workDate: '2026-01-15' }],
        failure: {
          class: 'business.rejected',
          code: 'PERIOD_CLOSED',
          record: 'time entry kantata:1',
          field: 'workDate',
          value: '2026-01-15',
        },
      },
    },
    {
      // one that is posted, one that never was
      title: 'taken back',
      given: { records: { ...running.records, timeBill: [postedEntry('7'), postedEntry('8')] } },
      input: [
        { ...approvedEntry('7'), status: 'withdrawn' },
        { ...approvedEntry('9'), status: 'withdrawn' },
      ],
      changes: true,
      makes: ['timeBill kantata___7'],
      others: { why: 'it is found by the id of the entry alone' },
      refused: {
        given: { records: { timeBill: [{ externalId: 'kantata___8', status: 'Billed' }] } },
        input: [{ ...approvedEntry('8'), status: 'withdrawn' }],
        failure: {
          class: 'business.rejected',
          code: 'TIME_WITHDRAWN',
          record: 'time entry kantata:8',
          field: 'status',
          value: 'withdrawn',
        },
      },
    },
  ],
  'posted-time.list': [
    {
      given: {
        records: {
          ...running.records,
          timeBill: ['1', '2'].map(postedEntry),
        },
      },
      input: { from: '2026-03-01', to: '2026-03-31' },
      makes: ['kantata:1', 'kantata:2'],
      others: { why: 'it reads' },
      refused: { why: 'it reads' },
    },
  ],
  'posted-time.sum': [
    {
      given: { records: { ...running.records, timeBill: ['1', '2'].map(postedEntry) } },
      input: { project: 'ENG-0001', legalEntity: 'DE01', account: 'ACC-0001', byDay: true },
      ...{ makes: ['ENG-0001'], others: reads, refused: reads },
    },
  ],
  'expense.post': [
    {
      given: {
        records: {
          ...running.records,
          currencyRate: [
            {
              baseCurrency: { externalId: 'EUR' },
              transactionCurrency: { externalId: 'GBP' },
              exchangeRate: 1.17,
              effectiveDate: '2026-03-09',
            },
          ],
        },
      },
      input: [
        approvedExpense('1'),
        approvedExpense('2', { amount: '120.00', currency: 'GBP' }),
        { ...approvedExpense('a3', eur('119.00')), tax: { code: 'DE-19', amount: eur('19.00') } },
      ],
      makes: ['expenseReport kantata___expense-1', 'expenseReport kantata___expense-2', 'expenseReport kantata___expense-a3'],
      others: {
        after: 'the sample',
        input: [approvedExpense('A3')],
        failure: {
          class: 'conflict.duplicate',
          code: 'EXTERNAL_ID_CASE',
          record: 'expense kantata:expense-A3',
          field: 'externalId',
          value: 'kantata___expense-a3',
        },
      },
      refused: {
        input: [{ ...approvedExpense('1'), day: '2026-01-15' }],
        failure: {
          class: 'business.rejected',
          code: 'PERIOD_CLOSED',
          record: 'expense kantata:expense-1',
          field: 'day',
          value: '2026-01-15',
        },
      },
    },
  ],
  'posted-expense.list': [
    {
      given: { records: { ...running.records, expenseReport: ['1', '2'].map(postedReport) } },
      input: { from: '2026-03-01', to: '2026-03-31' },
      makes: ['kantata:expense-1', 'kantata:expense-2'],
      others: { why: 'it reads' },
      refused: { why: 'it reads' },
    },
  ],
  'assignment.record': [
    {
      given: running,
      input: assignment,
      makes: ['customrecord_psc_assignment kantata___701'],
      others: {
        after: 'the sample',
        input: { ...assignment, id: 'KANTATA:701' },
        failure: {
          class: 'conflict.duplicate',
          code: 'EXTERNAL_ID_CASE',
          record: 'assignment KANTATA:701',
          field: 'externalId',
          value: 'kantata___701',
        },
      },
      refused: {
        rule: {
          kind: 'refuseRecord',
          times: -1,
          match: { bodyContains: 'kantata:701' },
          body: {
            status: 400,
            'o:errorDetails': [
              { detail: 'No bookings before the kick-off.', 'o:errorCode': 'USER_ERROR', 'o:errorPath': 'custrecord_psc_start' },
            ],
          },
        },
        failure: {
          class: 'business.rejected',
          code: 'USER_ERROR',
          record: 'assignment kantata:701',
          field: 'custrecord_psc_start',
          value: '2026-12-01',
        },
      },
    },
  ],
  'period.find': [{ input: { day: '2026-01-15', legalEntity: 'DE01' }, makes: ['2026-01-15'], others: reads, refused: reads }],
};
