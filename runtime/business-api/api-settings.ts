import { apiPath } from '../../declarations/api-path.ts';
import { queryParameters } from '../../declarations/query-parameters.ts';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';
import { messageValue } from '../message-values.ts';
import type { PackNode } from '../pack-node.ts';
import { apiRoot } from './api-root.ts';
import { apiLifetime } from './api-lifetime.ts';
import { contractOf } from './contract-of.ts';
import type { ApiAddress, ApiRules } from './offered-api.ts';

/** Fields of `business-api-in`. */
export interface ApiForm {
  api: string;
  httpMethod: string;
  apiVersion: number;
  path: string;
  summary: string;
  callers: 'access' | 'anyone';
  scope: string;
  query: string;
  contract: string;
  contractSchema: string;
  list: boolean;
  answer: string;
  answerSchema: string;
  answerList: boolean;
  idempotency: 'required' | 'optional';
  subject: string;
  waitSeconds: number;
  maxKilobytes: number;
  deprecated: string;
  lastDay: string;
  successor: string;
  published: boolean;
}

/** Throws where there is no address to answer at. */
export function apiAddress({
  httpMethod: method,
  apiVersion: version,
  path,
}: Pick<ApiForm, 'httpMethod' | 'apiVersion' | 'path'>): ApiAddress {
  const parts = apiPath(path);
  if (!parts) throw invalid(inWords('API_PATH'), 'path', path);
  const written = parts.map((part) => ('name' in part ? part.name : `{${part.parameter}}`)).join('/');
  return { method, version, parts, template: `${apiRoot}/v${version}/${written}` };
}

const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/** Throws where something is said that cannot be kept. */
export function apiRules(base: PackNode, form: ApiForm, { parts }: ApiAddress): ApiRules {
  const { api, httpMethod, subject } = form;
  for (const [field, value] of Object.entries({ api, scope: form.scope }))
    if (field === 'api' ? !isScope(value) : value !== '' && !isScope(value)) throw invalid(inWords('API_NAME', { field }), field, value);
  const query = queryParameters(form.query);
  if (!query) throw invalid(inWords('API_QUERY'), 'query', form.query);
  const twice = parts.find((part) => 'parameter' in part && query.some(({ name }) => name === part.parameter));
  if (twice && 'parameter' in twice) throw invalid(inWords('API_QUERY.twice', { name: twice.parameter }), 'query', form.query);
  const takesBody = withBody.has(httpMethod);
  const reads = httpMethod === 'GET';
  return {
    ...{ api, summary: form.summary, scope: form.scope || api, isOpen: form.callers === 'anyone', reads, takesBody },
    needsKey: !reads && form.idempotency === 'required',
    query,
    body: takesBody ? contractOf(form.contract, form.contractSchema, form.list, 'contractSchema') : undefined,
    answer: contractOf(form.answer, form.answerSchema, form.answerList, 'answerSchema'),
    subject: subject === '' ? undefined : messageValue(base, 'subject'),
    waitMs: form.waitSeconds * 1_000,
    lifetime: apiLifetime(form),
    isPublished: form.published,
  };
}

/** As it may stand in a token, in a header, in a label. */
export const isScope = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}$/.test(text);

function invalid(said: ReturnType<typeof inWords>, field: string, value: string): Failure {
  return new Failure({ class: 'contract.invalid', ...said, field, value });
}

/** What is said, or why it cannot be kept: the address answers with that. */
export function rulesOf(make: () => ApiRules): ApiRules | Failure {
  try {
    return make();
  } catch (error) {
    return Failure.from(error);
  }
}
