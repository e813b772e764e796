import type { HostileAnswer } from './hostile-answer.ts';

/** Node-REDs under test: one whose admin API knows users, and one that is open to whoever reaches it. */
export type House = 'users' | 'open';

export interface HttpInput {
  kind: 'webhook' | 'admin';
  /** what is hostile about it; inputs of a family that has stopped the process are passed over afterwards */
  family: string;
  house: House;
  method: string;
  /** `{dead}`, `{run}`, `{approval}`, `{effect}` are replaced by what the house has at that moment */
  path: string;
  headers: [string, string][];
  body?: Buffer;
  /** who asks: a key of `identities`, or nobody */
  identity?: string;
  sign?: { scheme: 'standard-webhooks' | 'hmac-sha256' | 'bearer'; wrong?: string };
  /** nobody waits for the answer any longer than this */
  leavesAfterMs?: number;
  /** to the socket as it is, instead of all of the above */
  raw?: { bytes: Buffer; then: 'wait' | 'end' | 'cut' };
  expects: HttpExpectation;
}

export interface HttpExpectation {
  /** an answer below 400 means that somebody was let in who should not */
  refused?: true;
  /** the answer goes to somebody who may not see persons */
  hidesPersons?: true;
  /** what a 202 must have stored, by id of event */
  events?: string[];
  /** the answer is ours and so JSON; absent where Node's or Node-RED's own answer may come first */
  ours?: true;
}

export interface MessageInput {
  kind: 'message';
  family: string;
  /** id of the node that is handed the message */
  node: string;
  /** JSON of `payload`; with `shape` it is made into what JSON cannot say, in the process itself */
  payload: string;
  shape?: string;
  /** by its http-in node instead of directly */
  byHttp: boolean;
}

export interface AnswerInput {
  kind: 'answer';
  family: string;
  /** what is set going */
  operation: 'deal' | 'time' | 'test' | 'poll' | 'reconcile';
  system: 'salesforce' | 'netsuite' | 'kantata';
  /** the how-manieth request to this system is answered so, and how often in a row */
  after: number;
  times: number;
  answer: HostileAnswer;
}

export interface SettingInput {
  kind: 'setting';
  family: string;
  /** a node with settings at their edges, and what it is sent after the deploy */
  node: Record<string, unknown> & { id: string; type: string };
  payload: string;
}

export type Input = HttpInput | MessageInput | AnswerInput | SettingInput;

/** Where an input is played. */
export function houseOf(input: Input): House {
  return input.kind === 'setting' ? 'open' : 'house' in input ? input.house : 'users';
}

/** The business id of an input, wherever one is asked for: findings in the store are traced back by it. */
export const markOf = (n: number): string => `fz${n}x`;

/** The inputs whose marks are in a text. */
export function marksIn(text: string): number[] {
  return [...new Set([...text.matchAll(/fz(\d{1,9})x/g)].map((found) => Number(found[1])))];
}
