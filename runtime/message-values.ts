import { contractIssues, shorten } from '../model/contract.ts';
import { Failure } from '../model/failure.ts';
import { type FailureText, inWords } from '../model/failure-words.ts';
import type { Account, Amendment, BillingSchedule, Engagement, MilestoneState } from '../model/types.generated.ts';
import { compileExpression, type Leaving } from './expressions/expression.ts';
import { contextOf, nodeFunctions } from './expressions/node-functions.ts';
import { invalidFailure } from './failures.ts';
import type { Message } from './message.ts';
import type { PackNode } from './pack-node.ts';

/** Reads a typed field (`msg`, `jsonata`, …) for a message; the expression is compiled once. Ended when the node closes. */
export function messageValue(base: PackNode, field: string): (message: Message, leaves?: Leaving) => Promise<unknown> {
  const { RED, node, config } = base;
  const value = String(config[field] ?? '');
  const type = String(config[`${field}Type`]);
  if (type === 'jsonata') {
    const functions = nodeFunctions(base);
    const expression = prepared(() => compileExpression(value, { field, functions }), field, value);
    const context = contextOf(value);
    return async (message, leaves = base.closing.signal) => {
      try {
        return await expression.evaluate(context(message), leaves);
      } catch (error) {
        throw expressionFailure(field, value, error);
      }
    };
  }
  return (message) =>
    new Promise((resolve, reject) => {
      RED.util.evaluateNodeProperty(value, type, node, message as never, (error, result) =>
        error ? reject(expressionFailure(field, value, error)) : resolve(result),
      );
    });
}

function prepared<T>(prepare: () => T, field: string, value: string): T {
  try {
    return prepare();
  } catch (error) {
    throw expressionFailure(field, value, error);
  }
}

/** The canonical objects that a message may carry. */
interface Carried {
  account: Account;
  amendment: Amendment;
  engagement: Engagement;
  'billing-schedule': BillingSchedule;
  milestone: MilestoneState;
}

/** What a message carries, checked against its contract. */
export function carriedBy<Name extends keyof Carried>(message: Message, contract: Name): Carried[Name] {
  const issues = contractIssues(contract, message.payload);
  if (issues.length > 0) throw invalidFailure(contract, message.payload, issues);
  return message.payload as Carried[Name];
}

/** The engagement that a message carries, checked. */
export const engagementIn = (message: Message): Engagement => carriedBy(message, 'engagement');

/** @param what is wrong: words of `INPUT_WRONG` */
export function wrongInput(field: string, value: unknown, what: FailureText): Failure {
  return new Failure({ class: 'contract.invalid', ...what, field, value: shorten(value) });
}

function expressionFailure(field: string, value: string, error: unknown): Failure {
  if (Failure.is(error)) return error;
  const said = (error as { message?: string } | undefined)?.message ?? String(error);
  return new Failure(
    { class: 'contract.invalid', ...inWords('EXPRESSION_FAILED', { field, said }), field, value: shorten(value) },
    { cause: error },
  );
}
