/** One error as Salesforce knows it; REST spells the code `errorCode`, collections and trees spell it `statusCode`. */
export interface ErrorItem {
  code: string;
  message: string;
  fields?: readonly string[];
}

/** HTTP status of each code, where it is not 400 (REST API Developer Guide, "Status Codes and Error Responses"). */
const STATUS: Readonly<Record<string, number>> = {
  INVALID_SESSION_ID: 401,
  INVALID_AUTH_HEADER: 401,
  REQUEST_LIMIT_EXCEEDED: 403,
  API_DISABLED_FOR_ORG: 403,
  NOT_FOUND: 404,
  ENTITY_IS_DELETED: 404,
  METHOD_NOT_ALLOWED: 405,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNKNOWN_EXCEPTION: 500,
};

/** An answer that is an error; thrown anywhere, rendered by the caller's resource. */
export class Failure extends Error {
  readonly status: number;
  readonly errors: readonly ErrorItem[];
  readonly headers: Readonly<Record<string, string>>;
  /** what to send instead of the rendered errors (fault injection) */
  readonly raw: unknown;

  constructor(errors: readonly ErrorItem[], options: { status?: number; headers?: Record<string, string>; raw?: unknown } = {}) {
    super(errors.map((each) => `${each.code}: ${each.message}`).join('; '));
    this.errors = errors;
    this.status = options.status ?? STATUS[errors[0]?.code ?? ''] ?? 400;
    this.headers = options.headers ?? {};
    this.raw = options.raw;
  }
}

export const fail = (code: string, message: string, fields?: readonly string[], status?: number): Failure =>
  new Failure([fields ? { code, message, fields } : { code, message }], { status });

export const notFound = (message = 'The requested resource does not exist'): Failure => fail('NOT_FOUND', message);

/** `[{"message","errorCode","fields"?}]` */
export const restErrors = (errors: readonly ErrorItem[]): unknown[] =>
  errors.map((each) => ({ message: each.message, errorCode: each.code, ...(each.fields ? { fields: each.fields } : {}) }));

/** `[{"statusCode","message","fields"}]` */
export const rowErrors = (errors: readonly ErrorItem[]): unknown[] =>
  errors.map((each) => ({ statusCode: each.code, message: each.message, fields: each.fields ?? [] }));
