/** One element of the vendor's `errors` array. There are no machine codes: a client has `type`, `field` and English text. */
export interface ErrorItem {
  type: 'oauth' | 'system' | 'validation';
  message: string;
  field?: string;
}

/** Ends a request with the vendor's error body. */
export class ApiError extends Error {
  readonly status: number;
  readonly errors: ErrorItem[];

  constructor(status: number, errors: ErrorItem[]) {
    super(errors.map((error) => error.message).join('; '));
    this.status = status;
    this.errors = errors;
  }
}

export function invalid(field: string, message: string): ErrorItem {
  return { type: 'validation', message, field };
}

/** Body seen live, https://developer.kantata.com/ "Authentication" */
export const unauthorized = (): ApiError => new ApiError(401, [{ type: 'oauth', message: 'Invalid OAuth 2 Request' }]);
/** The texts of 400, 403, 404 and 429 are not public (unverified); status and form are. */
export const badRequest = (message: string): ApiError => new ApiError(400, [{ type: 'system', message }]);
export const forbidden = (): ApiError => new ApiError(403, [{ type: 'system', message: 'You are not authorized to perform this action' }]);
export const notFound = (): ApiError => new ApiError(404, [{ type: 'system', message: 'Resource not found' }]);
export const throttled = (): ApiError =>
  new ApiError(429, [{ type: 'system', message: 'Too many requests. Please retry after a small delay.' }]);
export const unprocessable = (errors: ErrorItem[]): ApiError => new ApiError(422, errors);
