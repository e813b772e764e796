import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PathPart } from '../../declarations/api-path.ts';
import type { QueryParameter } from '../../declarations/query-parameters.ts';
import type { ActiveRun } from '../../engine/active-run.ts';
import type { Entry } from '../../engine/engine-contract.ts';
import type { Run } from '../../engine/store/runs.ts';
import { Failure } from '../../model/failure.ts';
import type { Message } from '../message.ts';
import type { ApiAccess } from './api-access.ts';
import type { ApiLifetime } from './api-lifetime.ts';
import type { Reply } from './api-reply.ts';
import type { BodyContract } from './contract-of.ts';
import type { KeptAnswer } from './kept-answer.ts';

/** Where an operation is. */
export interface ApiAddress {
  method: string;
  version: number;
  parts: PathPart[];
  /** as OpenAPI writes it: `/business/v1/projects/{code}/status` */
  template: string;
}

/** What an operation takes and answers. */
export interface ApiRules {
  api: string;
  summary: string;
  /** what a consumer must be allowed */
  scope: string;
  isOpen: boolean;
  /** it changes nothing: it is answered as long as somebody waits, and no longer */
  reads: boolean;
  takesBody: boolean;
  needsKey: boolean;
  query: QueryParameter[];
  body: BodyContract | undefined;
  answer: BodyContract | undefined;
  subject: ((message: Message) => Promise<unknown>) | undefined;
  waitMs: number;
  lifetime: ApiLifetime;
  isPublished: boolean;
}

/** One operation that a flow offers, or a node by its switch. */
export interface OfferedApi {
  /** name of the node, for the one that wants the same address */
  readonly name: string;
  /** most bytes of a body */
  readonly limit: number;
  readonly address: ApiAddress;
  /** or why calls cannot be answered until the node is corrected */
  readonly rules: ApiRules | Failure;
  readonly entry: Entry;
  /** How callers prove who they are; undefined = nobody has to. */
  ways(): ApiAccess['ways'] | undefined;
  /** Answers; never throws. @param path the parts below the version */
  serve(request: IncomingMessage, response: ServerResponse, path: readonly string[]): void;
  /** What has become of a call, for whoever made it. */
  outcome(request: IncomingMessage, run: Run): Promise<Reply>;
  /** What the flow answers. It is kept before it is told, but of a read, which nobody asks for again. */
  answerRun(active: ActiveRun, answer: KeptAnswer): Promise<void>;
}

/** Whether it changes nothing. */
export const isRead = (rules: ApiRules | Failure): boolean => !Failure.is(rules) && rules.reads;
