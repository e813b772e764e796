import { fail } from '../failure.ts';
import { bodyOf, type Handler, list, object, text } from './call.ts';
import { runSubrequests, subrequests } from './composite.ts';
import { subcall } from './router.ts';

/** `POST /composite/batch`: up to 25 independent requests, each counted on its own. */
export const batch: Handler = (call) => {
  const body = bodyOf(call);
  const requests = list(body['batchRequests']);
  if (!requests) throw fail('JSON_PARSER_ERROR', 'Missing required property: batchRequests');
  if (requests.length > 25) throw fail('LIMIT_EXCEEDED', 'Limit of 25 subrequests in a batch exceeded.');
  let failed = false;
  const results = requests.map((each) => {
    if (failed && body['haltOnError'] === true) {
      const error = { errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' };
      return { statusCode: 412, result: [error] };
    }
    const request = object(each) ?? {};
    const url = text(request['url']) ?? '';
    const path = url.startsWith('/') ? url : url.startsWith('services/') ? `/${url}` : `/services/data/${url}`;
    const reply = subcall(call, (text(request['method']) ?? 'GET').toUpperCase(), path, {}, request['richInput']);
    if (reply.status >= 400) failed = true;
    return { statusCode: reply.status, result: reply.body ?? null };
  });
  return { status: 200, body: { hasErrors: failed, results } };
};

const MOST_GRAPHS = 75;
const MOST_NODES = 500;

/** `POST /composite/graph`: each graph is one transaction. */
export const graph: Handler = (call) => {
  const graphs = list(bodyOf(call)['graphs']);
  if (!graphs) throw fail('JSON_PARSER_ERROR', 'Missing required property: graphs');
  if (graphs.length > MOST_GRAPHS) throw fail('LIMIT_EXCEEDED', `A composite graph request can have at most ${MOST_GRAPHS} graphs.`);
  const parsed = graphs.map((each) => {
    const { graphId, compositeRequest } = object(each) ?? {};
    if (!text(graphId)) throw fail('INVALID_INPUT', 'Provide a value for graphId in every graph.');
    return { graphId: String(graphId), requests: subrequests(compositeRequest) };
  });
  if (parsed.reduce((count, each) => count + each.requests.length, 0) > MOST_NODES) {
    throw fail('LIMIT_EXCEEDED', `A composite graph request can have at most ${MOST_NODES} nodes.`);
  }
  const answers = parsed.map(({ graphId, requests }) => {
    const { responses, success } = runSubrequests(call, requests, true);
    return { graphId, graphResponse: { compositeResponse: responses }, isSuccessful: success };
  });
  return { status: 200, body: { graphs: answers } };
};
