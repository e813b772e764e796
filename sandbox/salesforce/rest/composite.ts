import { fail } from '../failure.ts';
import { bodyOf, type Call, type Handler, list, object, type Reply, text } from './call.ts';
import { Missing, substitute } from './references.ts';
import { subcall } from './router.ts';

interface Subrequest {
  method: string;
  url: string;
  referenceId: string;
  body: unknown;
  httpHeaders: Record<string, string>;
}

interface Subresponse {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

const MOST = 25;
const MOST_QUERIES = 5;
const HALTED = 'The transaction was rolled back since another operation in the same transaction failed.';

/** `POST /composite`: up to 25 requests, later ones may use the answers of earlier ones. The answer itself is always 200. */
export const composite: Handler = (call) => {
  const body = bodyOf(call);
  const requests = subrequests(body['compositeRequest']);
  if (requests.length > MOST) {
    throw fail('LIMIT_EXCEEDED', `Limit of ${MOST} subrequests in a composite request exceeded.`);
  }
  const queries = requests.filter(({ url }) => /\/(query|queryAll|composite\/sobjects)\b/.test(url));
  if (queries.length > MOST_QUERIES) {
    throw fail('LIMIT_EXCEEDED', `Limit of ${MOST_QUERIES} query or sObject collections operations exceeded.`);
  }
  return { status: 200, body: { compositeResponse: runSubrequests(call, requests, body['allOrNone'] === true).responses } };
};

/** Runs subrequests in order; with `allOrNone` one failure takes everything back. */
export function runSubrequests(
  call: Call,
  requests: readonly Subrequest[],
  allOrNone: boolean,
): { responses: Subresponse[]; success: boolean } {
  const start = call.work.savepoint();
  const answers = new Map<string, unknown>();
  const responses: Subresponse[] = [];
  let failed = false;
  for (const request of requests) {
    const response = failed && allOrNone ? halted(request, HALTED) : runOne(call, request, answers);
    responses.push(response);
    if (response.httpStatusCode >= 400) failed = true;
    else answers.set(request.referenceId, response.body);
  }
  if (!failed || !allOrNone) return { responses, success: !failed };
  call.work.rollbackTo(start);
  const firstBad = responses.findIndex((response) => response.httpStatusCode >= 400);
  return {
    responses: responses.map((response, index) => (index === firstBad ? response : halted(requests[index] as Subrequest, HALTED))),
    success: false,
  };
}

function runOne(call: Call, request: Subrequest, answers: ReadonlyMap<string, unknown>): Subresponse {
  try {
    const url = String(substitute(request.url, answers));
    const reply = subcall(call, request.method, url, request.httpHeaders, substitute(request.body, answers));
    return {
      body: reply.body ?? (reply.status === 304 || reply.status === 204 ? null : (reply.text ?? null)),
      httpHeaders: visible(reply),
      httpStatusCode: reply.status,
      referenceId: request.referenceId,
    };
  } catch (error) {
    if (error instanceof Missing) return halted(request, error.message);
    throw error;
  }
}

const visible = (reply: Reply): Record<string, string> => reply.headers ?? {};

const halted = (request: Subrequest, message: string): Subresponse => ({
  body: [{ errorCode: 'PROCESSING_HALTED', message }],
  httpHeaders: {},
  httpStatusCode: 400,
  referenceId: request.referenceId,
});

/** A request that lacks a part condemns the whole call. */
export function subrequests(value: unknown): Subrequest[] {
  const given = list(value);
  if (!given) throw fail('JSON_PARSER_ERROR', 'Missing required property: compositeRequest');
  const seen = new Set<string>();
  return given.map((each) => {
    const request = object(each) ?? {};
    const method = text(request['method']);
    const url = text(request['url']);
    const referenceId = text(request['referenceId']);
    if (!method || !url || !referenceId) {
      const missing = !method ? 'method' : !url ? 'url' : 'referenceId';
      throw fail('INVALID_INPUT', `Provide a value for ${missing} in every composite subrequest.`);
    }
    if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(referenceId)) {
      throw fail(
        'INVALID_INPUT',
        `The referenceId '${referenceId}' must start with a letter and hold only letters, numbers and underscores.`,
      );
    }
    if (seen.has(referenceId)) throw fail('INVALID_INPUT', `Duplicate referenceId: ${referenceId}`);
    seen.add(referenceId);
    const headers = Object.entries(object(request['httpHeaders']) ?? {}).map(([name, header]) => [name.toLowerCase(), String(header)]);
    return { method: method.toUpperCase(), url, referenceId, body: request['body'], httpHeaders: Object.fromEntries(headers) };
  });
}
