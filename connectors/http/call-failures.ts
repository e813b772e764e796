import { Failure, type FailureDetails } from '../../model/failure.ts';
import type { Param } from '../../model/failure-sentence.ts';
import { inWords, phrase } from '../../model/failure-words.ts';
import { aborted } from './unless-aborted.ts';
import { type AnswerRefused, sizeText } from './answer-body.ts';
import { mostHeaderBytes } from './call-limits.ts';
import type { HttpRequest } from './http-call.ts';
import { foreignAnswer } from './foreign-answer.ts';

const neverConnected = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** What Node.js refuses to send: a token with a line break would be a header of its own. */
const unsendable = new Set(['ERR_INVALID_CHAR', 'ERR_UNESCAPED_CHARACTERS', 'ERR_HTTP_INVALID_HEADER_VALUE']);
const tlsCodes = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ERR_TLS/;

/** The call was given up before it was sent: behind others, or behind a sign-in. */
export function abortedUnsent(system: string, request: HttpRequest): Failure {
  return new Failure({ ...aborted, system, ...(isWrite(request) ? { outcome: 'not-made' } : {}) });
}

/** Whether the call did not even reach a machine that may serve the system: nobody is there, or somebody else. */
export function neverReached({ code }: Failure): boolean {
  return neverConnected.has(code) || tlsCodes.test(code);
}

/** What can go wrong with one call apart from what the system itself says, as failures that name system, call and limit. */
export class CallFailures {
  private readonly system: string;
  private readonly request: HttpRequest;
  private readonly url: URL;

  constructor(system: string, request: HttpRequest, url: URL) {
    this.system = system;
    this.request = request;
    this.url = url;
  }

  /** A call without an answer. A write that may have reached the system is in doubt; a connection that was never made is not. */
  connection(error: unknown): Failure {
    const code = codeOf(error);
    const { host } = this.url;
    if (this.request.signal?.aborted) return this.failure('unknown', error, aborted);
    if (neverConnected.has(code)) {
      return this.failure('not-made', error, {
        class: 'transient.unavailable',
        ...inWords('CALL_UNREACHED', { host, code }),
        code,
      });
    }
    if (tlsCodes.test(code)) {
      return this.failure('not-made', error, {
        class: 'auth.denied',
        ...inWords('CALL_NOT_TRUSTED', { host, code }),
        code,
      });
    }
    if (unsendable.has(code)) {
      return this.failure('not-made', error, {
        class: 'contract.drift',
        ...inWords('CALL_UNSENDABLE', { host, code }),
        code,
      });
    }
    if (code === 'HPE_HEADER_OVERFLOW') {
      return this.failure('unknown', error, {
        class: 'contract.drift',
        ...inWords('ANSWER_TOO_LARGE.headers', { name: this.name, call: this.call, most: sizeText(mostHeaderBytes) }),
      });
    }
    return this.failure('unknown', error, { class: 'transient.timeout', ...inWords('CALL_UNANSWERED', { host, code }), code });
  }

  /** An answer that is not taken: nobody knows what it said, and so what became of a write. */
  answer({ code, limit }: AnswerRefused): Failure {
    const { name, call } = this;
    if (code === 'ANSWER_FOREIGN')
      return this.failure('unknown', undefined, foreignAnswer({ by: phrase('API_OF', { name: this.name }), call: this.call }));
    if (code === 'ANSWER_CUT')
      return this.failure('unknown', undefined, {
        class: 'transient.unavailable',
        ...inWords('ANSWER_CUT', { name, call }),
      });
    return this.failure('unknown', undefined, { class: 'contract.drift', ...this.refused(code, limit) });
  }

  private refused(code: AnswerRefused['code'], limit: Param): Omit<FailureDetails, 'class'> {
    const { name, call } = this;
    if (code === 'ANSWER_TOO_LARGE') return inWords('ANSWER_TOO_LARGE', { name, call, limit });
    if (code === 'ANSWER_TOO_DEEP') return inWords('ANSWER_TOO_DEEP', { name, call, limit });
    if (code === 'ANSWER_ENCODING') return inWords('ANSWER_ENCODING', { name, call, limit });
    return inWords('ANSWER_NOT_JSON', { name, call, limit });
  }

  /** What is not even sent. */
  unsent(code: 'REQUEST_TOO_LARGE' | 'REQUEST_NOT_JSON', most: number): Failure {
    const { name, call } = this;
    return this.failure('not-made', undefined, {
      class: 'contract.invalid',
      ...(code === 'REQUEST_TOO_LARGE'
        ? inWords('REQUEST_TOO_LARGE', { name, call, most: sizeText(most) })
        : inWords('REQUEST_NOT_JSON', { name, call })),
    });
  }

  /** Without what was asked: an address may hold what is nobody's business. */
  private get call(): string {
    const path = this.url.pathname;
    return `${this.request.method} ${path.length > 120 ? `${path.slice(0, 119)}…` : path}`;
  }

  private get name(): string {
    return this.url.host;
  }

  private failure(outcome: 'unknown' | 'not-made', cause: unknown, details: FailureDetails): Failure {
    return new Failure({ system: this.system, ...details, ...(isWrite(this.request) ? { outcome } : {}) }, { cause });
  }
}

export function isWrite(request: HttpRequest): boolean {
  return request.method !== 'GET' && !request.reads;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && code !== '' ? code : 'UNKNOWN';
}
