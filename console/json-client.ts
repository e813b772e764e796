import type { Said } from '../model/failure-sentence.ts';

/** Why an answer did not come, with what is to be said about it. */
export class ApiTrouble extends Error {
  /** HTTP status; 0 = no answer at all */
  readonly status: number;
  readonly remedy: string | undefined;
  readonly words: Said['words'];

  constructor(status: number, message: string, { remedy, words }: Partial<Said> = {}) {
    super(message);
    this.name = 'ApiTrouble';
    this.status = status;
    this.remedy = remedy;
    this.words = words;
  }
}

export interface JsonClientOptions {
  /** address below which it asks, with the slash at its end */
  base: string;
  /** Node-RED's access token, read anew for each request because the editor renews it; undefined = no sign-in is needed */
  token(): string | undefined;
  fetch?: typeof fetch;
}

/** until an answer is there */
const longestMs = 30_000;
/** and a file, of which there may be very much */
const longestFileMs = 30 * 60_000;

/** What Node-RED answers to this sign-in, as a promise that answers JSON or throws an ApiTrouble. */
export class JsonClient {
  private readonly options: JsonClientOptions;

  constructor(options: JsonClientOptions) {
    this.options = options;
  }

  get<Answer>(path: string, query: Record<string, unknown> = {}): Promise<Answer> {
    return this.request<Answer>(withQuery(path, query), { method: 'GET' });
  }

  /** A file of this type, whole: one that breaks off is none. */
  async file(path: string, query: Record<string, unknown>, type: string): Promise<Blob> {
    const response = await this.send(withQuery(path, query), { method: 'GET', headers: { accept: type } }, longestFileMs);
    if (!response.ok) throw trouble(response.status, await json(response));
    if (response.headers.get('content-type') !== type) throw new ApiTrouble(response.status, '');
    return response.blob().catch(() => {
      throw new ApiTrouble(0, '');
    });
  }

  post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
    return this.request<Answer>(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
  }

  private async request<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const response = await this.send(path, init, longestMs);
    const body = await json(response);
    if (!response.ok) throw trouble(response.status, body);
    // A sign-in page or a proxy's page in place of the answer is no answer.
    if (body === undefined) throw new ApiTrouble(response.status, '');
    return body as Answer;
  }

  private async send(path: string, init: RequestInit, withinMs: number): Promise<Response> {
    const token = this.options.token();
    const headers = { accept: 'application/json', ...(init.headers as object), ...(token ? { authorization: `Bearer ${token}` } : {}) };
    const send = this.options.fetch ?? globalThis.fetch.bind(globalThis);
    try {
      return await send(this.options.base + path, { ...init, headers, signal: AbortSignal.timeout(withinMs) });
    } catch {
      throw new ApiTrouble(0, '');
    }
  }
}

function withQuery(path: string, query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text ? `${path}?${text}` : path;
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined;
  }
}

function trouble(status: number, body: unknown): ApiTrouble {
  const problem = (typeof body === 'object' && body !== null ? body : {}) as {
    message?: unknown;
    failure?: unknown;
    words?: Said['words'];
  };
  const { message, failure } = problem;
  // a failure of the engine, or a text of the API itself: that has its words beside it
  const said = (typeof failure === 'object' && failure !== null ? failure : {}) as { remedy?: unknown; words?: Said['words'] };
  const { remedy, words = problem.words } = said;
  return new ApiTrouble(status, typeof message === 'string' ? message : '', {
    ...(typeof remedy === 'string' ? { remedy } : {}),
    ...(words ? { words } : {}),
  });
}
