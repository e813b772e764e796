import { Failure } from '../../model/failure.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import type { Json, JsonObject } from '../../model/json.ts';
import { neededId } from '../../model/needed-result.ts';
import type { BatchLine, LineOutcome, PostedExpense } from '../../model/operations.ts';
import type { Expense } from '../../model/types.generated.ts';
import { type Booked, bookedAs } from './expense-post/booked-as.ts';
import { ExchangeRates } from './expense-post/exchange-rates.ts';
import { ExpenseReferenceFinder, recordOf, refused, type ResolvedExpense } from './expense-post/expense-references.ts';
import { ExpenseRefusals } from './expense-post/expense-refusal.ts';
import { mustBeCorrectable } from './expense-post/examine-posted.ts';
import { type PostedReport, postedReports } from './expense-post/posted-reports.ts';
import { toldLeftOut } from './expense-post/told-left-out.ts';
import type { ExpenseLists } from './records/expense-lists.ts';
import { expenseReportBody, expenseSublists, sameExpense } from './records/expense-report.ts';
import { ExternalIdBook } from './records/external-id-book.ts';
import { idTaken } from './records/id-taken.ts';
import { postLines } from './records/post-lines.ts';
import { PostingGate } from './records/posting-gate.ts';
import type { PostingParts } from './time-post.ts';
import { mustFit } from './unfit/field-limits.ts';
import { mustBePayable, textsOfExpense } from './unfit/unfit-expense.ts';
import type { NetSuiteApi } from './wire.ts';

interface Batch {
  api: NetSuiteApi;
  finder: ExpenseReferenceFinder;
  posted: ExternalIdBook<PostedReport>;
  gate: PostingGate;
  refusals: ExpenseRefusals;
  signal: AbortSignal;
}

type Line = BatchLine<Expense>;

/** Posts each expense as an expense report with one line, and the expense's id as external id: docs/decisions/0024. Every line has its own outcome. */
export function postExpenses(
  parts: PostingParts & { lists: ExpenseLists },
  lines: Line[],
  signal: AbortSignal,
): Promise<LineOutcome<PostedExpense>[]> {
  return postLines<Expense, PostedExpense, Batch>(lines, {
    recordOf,
    codesOf: ({ id, project, task }) => [id, project?.code, task?.code],
    alike: (one, other) => inWords('CODES_ALIKE.expense', { one, other }),
    lanes: parts.lanes.lines,
    open: (group) => openBatch(parts, group, signal),
    post: postLine,
  });
}

async function openBatch(
  { api, suiteQl, references, settings, lists, lanes }: PostingParts & { lists: ExpenseLists },
  lines: Line[],
  signal: AbortSignal,
): Promise<Batch> {
  const expenses = lines.map(({ input }) => input);
  const rates = new ExchangeRates(suiteQl, settings.rateMaxAgeDays, signal);
  const finder = await ExpenseReferenceFinder.read(expenses, { suiteQl, references, lists, rates, signal });
  const posted = new ExternalIdBook(
    expenses.map(({ id }) => id),
    (ids) => postedReports(api, suiteQl, ids, signal),
  );
  return { api, finder, posted, gate: new PostingGate(signal, lanes.writes), refusals: new ExpenseRefusals(suiteQl, signal), signal };
}

async function postLine(batch: Batch, { input: expense, effects }: Line): Promise<PostedExpense> {
  mustFit(textsOfExpense(expense));
  if (expense.status === 'withdrawn') return withdraw(batch, expense);
  mustBePayable(expense);
  const line = await batch.finder.resolve(expense);
  const body = expenseReportBody(expense, line);
  const leftOut = toldLeftOut(expense);
  let before: PostedReport | undefined;
  const made = (id: string, { booked = line, ...more }: { corrected?: true; booked?: Booked }) => ({
    id,
    ...more,
    legalEntity: line.legalEntity.code,
    inBooks: { ...booked.inBooks },
    ...(booked.exchangeRate === undefined ? {} : { exchangeRate: booked.exchangeRate }),
    ...(leftOut.length > 0 ? { leftOut } : {}),
  });
  const result = await effects.write<Json>({
    needs: neededId,
    // the account's own rate of the day may be corrected meanwhile
    sameBesides: line.rateIsGiven ? [] : ['exchangeRate'],
    key: `expenseReport ${expense.id}`,
    title: phrase('WRITE.in', { record: recordOf(expense), systemName: 'NetSuite' }),
    request: body,
    undo: { type: 'expenseReport', externalId: expense.id },
    settle: 'probe',
    lookFirst: true,
    // an expense with other content is not this write made: it is sent again as a correction
    probe: async () => {
      before = await batch.posted.find(expense.id);
      return before && sameExpense(expense, line, before.record) ? made(before.id, { booked: bookedAs(line, before.record) }) : undefined;
    },
    wasThere: () => before !== undefined,
    send: async (attempt) => {
      if (before) mustBeCorrectable(expense, line, before);
      const id = await send(batch, expense, { line, body, before, again: attempt?.again });
      return made(id, before && !attempt?.own ? { corrected: true } : {});
    },
  });
  return result as unknown as PostedExpense;
}

/** Nothing is deleted here: what is in the books may have been paid back, or billed. */
async function withdraw({ posted }: Batch, expense: Expense): Promise<PostedExpense> {
  const found = await posted.find(expense.id);
  if (!found) return { withdrawn: true };
  throw refused(expense, 'status', expense.status, inWords('EXPENSE_WITHDRAWN', { id: found.id }));
}

async function send(
  { api, gate, refusals, signal }: Batch,
  expense: Expense,
  { line, body, before, again }: { line: ResolvedExpense; body: JsonObject; before: PostedReport | undefined; again: boolean | undefined },
): Promise<string> {
  try {
    return await gate.pass(() =>
      before
        ? api.upsert('expenseReport', expense.id, body, { signal, replace: expenseSublists })
        : api.create('expenseReport', expense.id, body, { signal }),
    );
  } catch (error) {
    if (!Failure.is(error)) throw error;
    throw await refusals.explain(before ? error : await madeByAnother(api, expense, { failure: error, again }, signal), expense, line);
  }
}

/** A transaction that carries an id which NetSuite takes for this one is another's, and stays what it is. */
function madeByAnother(
  api: NetSuiteApi,
  expense: Expense,
  refusal: { failure: Failure; again: boolean | undefined },
  signal: AbortSignal,
): Failure | Promise<Failure> {
  // a refusal that names another field is none of the id, and is not worth a question for each expense of a closed month
  const { field } = refusal.failure;
  if (field && field.toLowerCase() !== 'externalid') return refusal.failure;
  return idTaken(api, { type: 'expenseReport', externalId: expense.id, name: recordOf(expense) }, refusal, signal);
}
