import { boundedWords } from '../../model/bounded-words.ts';
import type { Words } from '../../model/failure-sentence.ts';
import type { FailureText } from '../../model/failure-words.ts';
import type { Pack } from '../pack.ts';
import type { AdminApi } from './admin-api.generated.ts';
import type { Caller } from './caller.ts';
import { lacking } from './door.ts';
import type { FileAnswer } from './file-answer.ts';
import type { Permission } from './permissions.ts';
import type { Fields, ObjectSchema, Schema } from './schema.ts';

/** `GET /runs/:id`: the types of each are made from its schemas (scripts/generate-types.ts). */
export type RouteName = keyof AdminApi;

/** One request, as the schemas of its route have it. */
export interface Call<Name extends RouteName = RouteName> {
  pack: Pack;
  /** of path and query, with the query's defaults */
  parameters: AdminApi[Name]['parameters'];
  body: AdminApi[Name]['body'];
  /** who is signed in */
  actor: string;
  caller: Caller;
  /** aborted when the caller leaves before the answer */
  signal: AbortSignal;
  /** which of these the caller wants most; the first where it does not matter to him, false = none */
  accepts(types: string[]): string | false;
}

/** What a route says of itself: it is served, permitted, checked and described from this. */
interface Declaration {
  permission: Permission;
  /**
   * personal data in its answer: masked, shown, shown only to who has `ps-connect.edit`, or masked by the route part by part, because it is long:
   * all of it, or all but whom each part is about, who is told to who has `ps-connect.edit`
   */
  persons?: 'shown' | 'shown-to-editors' | 'masked-in-parts' | 'told-to-editors-in-parts';
  summary: string;
  /** of the path */
  parameters?: Fields;
  query?: ObjectSchema;
  body?: ObjectSchema;
  /** of what is answered; of `lines`, each line */
  answer: Schema;
  /** of a POST: nothing that others look at is another afterwards */
  onlyTries?: true;
  /** the answer is a file of any length, one JSON value a line */
  lines?: true;
  /** the type of the file that it answers instead to who asks for one */
  file?: string;
  /** answers other than 200 that are this route's own, in words */
  problems?: Partial<Record<403 | 404 | 409, string>>;
}

export interface Route extends Declaration {
  method: 'get' | 'post';
  /** below `/ps-connect/api/v1`, parameters as `:name` */
  path: string;
  handle(call: Call): Promise<unknown>;
}

/** One route of the admin API. Its handler is given what the schemas let in, and answers what they say. */
export function route<Name extends RouteName>(
  name: Name,
  { handle, ...declared }: Declaration & { handle(call: Call<Name>): Promise<AdminApi[Name]['answer'] | FileAnswer> },
): Route {
  const [method, path] = name.split(' ') as [string, string];
  return { method: method === 'GET' ? 'get' : 'post', path, ...declared, handle };
}

/** An answer other than 200: what is wrong and what to do, in one text, and what it is made of in other languages. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly words: Words | undefined;

  constructor(status: number, { message, remedy, words }: Pick<FailureText, 'message' | 'remedy' | 'words'>) {
    super(remedy ? `${message} ${remedy}` : message);
    this.status = status;
    this.words = words && boundedWords(words);
  }
}

/** What only some calls of a route need beyond its permission. */
export function mustBeAllowed({ caller }: Pick<Call, 'caller'>, permission: Permission): void {
  if (caller.may.includes(permission)) return;
  const { status, ...said } = lacking(permission);
  throw new ApiProblem(status, said);
}
