import { choice, date, dateTime, duration, type Fields, flag, integer, number, readOnly, reference, text } from '../field.ts';
import type { RecordType } from '../record-type.ts';

const segments: Fields = { department: reference('department'), class: reference('classification'), location: reference('location') };
const stamps: Fields = { createdDate: readOnly(dateTime), lastModifiedDate: readOnly(dateTime) };
const approval = choice({ '1': 'Open', '2': 'Pending Approval', '3': 'Approved', '4': 'Rejected' });

const transaction: Fields = {
  ...segments,
  ...stamps,
  customForm: reference(),
  tranId: text,
  tranDate: date,
  memo: text,
  subsidiary: reference('subsidiary'),
  currency: reference('currency'),
  exchangeRate: number,
  postingPeriod: reference('accountingPeriod'),
};

/** Totals are worked out by the system from the lines. */
const sales: Fields = {
  ...transaction,
  entity: reference('customer', 'job'),
  job: reference('job'),
  account: reference(),
  terms: reference('term'),
  dueDate: date,
  startDate: date,
  endDate: date,
  otherRefNum: text,
  email: text,
  message: text,
  salesRep: reference('employee'),
  salesEffectiveDate: date,
  toBeEmailed: flag,
  toBePrinted: flag,
  billAddress: text,
  // of the whole document, below zero
  discountItem: reference(),
  discountRate: number,
  subtotal: readOnly(number),
  discountTotal: readOnly(number),
  taxTotal: readOnly(number),
  total: readOnly(number),
};

const salesLine: Fields = {
  ...segments,
  // with the feature "Consolidate Projects on Sales Transactions"
  job: reference('job'),
  item: reference('serviceSaleItem'),
  description: text,
  quantity: number,
  rate: number,
  amount: number,
  price: reference(),
  units: text,
  orderLine: integer,
  isClosed: flag,
};

/** Open invoices, and how much of a payment or credit memo goes to each. */
const apply: Fields = { apply: flag, doc: reference('invoice'), amount: number, applyDate: date };

export const transactionTypes: readonly RecordType[] = [
  {
    name: 'timeBill',
    group: 'timeBill',
    nameField: 'id',
    fields: {
      ...segments,
      ...stamps,
      employee: reference('employee'),
      customer: reference('customer', 'job'),
      caseTaskEvent: reference('projectTask'),
      item: reference('serviceSaleItem'),
      subsidiary: reference('subsidiary'),
      tranDate: date,
      hours: duration,
      memo: text,
      isBillable: flag,
      rate: number,
      overrideRate: flag,
      price: reference(),
      payrollItem: reference(),
      timeType: choice(
        { A: 'Actual Time', B: 'Allocated Time', P: 'Planned Time' },
        { _actualTime: 'A', _allocatedTime: 'B', _plannedTime: 'P' },
      ),
      approvalStatus: approval,
      supervisorApproval: flag,
      rejectionNote: text,
      timeSheet: readOnly(reference()),
      status: readOnly(text),
      customForm: reference(),
    },
    sublists: {},
  },
  {
    name: 'expenseReport',
    group: 'transaction',
    nameField: 'tranId',
    fields: {
      ...transaction,
      entity: reference('employee'),
      account: reference(),
      dueDate: date,
      approvalStatus: approval,
      nextApprover: reference('employee'),
      supervisorApproval: flag,
      accountingApproval: flag,
      complete: flag,
      useMultiCurrency: flag,
      // legacy tax is not in REST, SuiteTax is
      taxDetailsOverride: flag,
      advance: number,
      amount: readOnly(number),
      total: readOnly(number),
      status: readOnly(
        choice({
          A: 'In Progress',
          B: 'Pending Supervisor Approval',
          C: 'Pending Accounting Approval',
          F: 'Approved by Accounting',
          I: 'Paid In Full',
        }),
      ),
    },
    sublists: {
      expense: {
        ...segments,
        expenseDate: date,
        category: reference('expenseCategory'),
        currency: reference('currency'),
        exchangeRate: number,
        foreignAmount: number,
        amount: number,
        quantity: number,
        rate: number,
        customer: reference('customer', 'job'),
        isBillable: flag,
        isNonReimbursable: flag,
        receipt: flag,
        memo: text,
        refNumber: integer,
        taxDetailsReference: text,
      },
      taxDetails: {
        taxDetailsReference: text,
        taxCode: reference('salesTaxItem'),
        taxBasis: number,
        taxRate: number,
        taxAmount: number,
      },
    },
  },
  {
    name: 'salesOrder',
    group: 'transaction',
    nameField: 'tranId',
    fields: {
      ...sales,
      billingSchedule: reference('billingSchedule'),
      orderStatus: choice({ A: 'Pending Approval', B: 'Pending Fulfillment', F: 'Pending Billing', G: 'Billed', H: 'Closed' }),
      status: readOnly(choice({ A: 'Pending Approval', B: 'Pending Fulfillment', F: 'Pending Billing', G: 'Billed', H: 'Closed' })),
    },
    sublists: { item: salesLine },
  },
  {
    name: 'invoice',
    group: 'transaction',
    nameField: 'tranId',
    fields: {
      ...sales,
      createdFrom: reference('salesOrder'),
      amountPaid: readOnly(number),
      amountRemaining: readOnly(number),
      estGrossProfit: readOnly(number),
      status: readOnly(choice({ A: 'Open', B: 'Paid In Full', D: 'Pending Approval', E: 'Rejected', V: 'Voided' })),
    },
    sublists: {
      item: salesLine,
      time: {
        apply: flag,
        doc: reference('timeBill'),
        item: readOnly(reference('serviceSaleItem')),
        billedDate: date,
        memo: text,
        rate: number,
        amount: number,
        unit: readOnly(text),
      },
    },
  },
  {
    name: 'customerPayment',
    group: 'transaction',
    nameField: 'tranId',
    fields: {
      ...transaction,
      customer: reference('customer', 'job'),
      account: reference(),
      payment: number,
      applied: readOnly(number),
      unapplied: readOnly(number),
      total: readOnly(number),
      status: readOnly(choice({ A: 'Unapproved Payment', B: 'Not Deposited', C: 'Deposited', V: 'Voided' })),
    },
    sublists: { apply },
  },
  {
    name: 'journalEntry',
    group: 'transaction',
    nameField: 'tranId',
    // SOAP: one of a single accounting book has `accountingBook`
    fields: { ...transaction, approved: flag, accountingBook: integer },
    sublists: {
      line: { ...segments, account: reference('account'), debit: number, credit: number, entity: reference('customer', 'job'), memo: text },
    },
  },
  {
    name: 'creditMemo',
    group: 'transaction',
    nameField: 'tranId',
    fields: {
      ...sales,
      createdFrom: reference('invoice'),
      applied: readOnly(number),
      unapplied: readOnly(number),
      amountRemaining: readOnly(number),
      status: readOnly(choice({ A: 'Open', B: 'Fully Applied', V: 'Voided' })),
    },
    sublists: { item: salesLine, apply },
  },
];
