import { Failure, type FailureDetails } from '../../model/failure.ts';
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
        code,
        message: `${host} cannot be reached (${code}).`,
        remedy: 'Check the address in the connection and the network.',
      });
    }
    if (tlsCodes.test(code)) {
      return this.failure('not-made', error, {
        class: 'auth.denied',
        code,
        message: `The certificate of ${host} is not trusted (${code}).`,
        remedy: 'Install the issuing certificate (NODE_EXTRA_CA_CERTS); the certificates of systems are always checked.',
      });
    }
    if (unsendable.has(code)) {
      return this.failure('not-made', error, {
        class: 'contract.drift',
        code,
        message: `The call to ${host} cannot be made: its address or a header has signs that none may have (${code}).`,
        remedy:
          'Check the credentials and the address in the connection for line breaks; if they have none, the token that the system gave has.',
      });
    }
    if (code === 'HPE_HEADER_OVERFLOW') {
      return this.failure('unknown', error, {
        class: 'contract.drift',
        code: 'ANSWER_TOO_LARGE',
        message: `${this.name} answered ${this.call} with more than ${sizeText(mostHeaderBytes)} of headers.`,
        remedy: notTheSystem,
      });
    }
    return this.failure('unknown', error, { class: 'transient.timeout', code, message: `${host} gave no answer (${code}).` });
  }

  /** An answer that is not taken: nobody knows what it said, and so what became of a write. */
  answer({ code, limit }: AnswerRefused): Failure {
    if (code === 'ANSWER_FOREIGN')
      return this.failure('unknown', undefined, foreignAnswer({ by: `the API of ${this.name}`, call: this.call }));
    if (code === 'ANSWER_CUT')
      return this.failure('unknown', undefined, {
        class: 'transient.unavailable',
        code,
        message: `The answer of ${this.name} to ${this.call} was cut: it ends in the middle.`,
        remedy: 'Nothing to do: it is tried again. If it goes on, look for a proxy or a network that ends connections early.',
      });
    const words: Record<typeof code, Pick<FailureDetails, 'message' | 'remedy'>> = {
      ANSWER_TOO_LARGE: {
        message: `The answer of ${this.name} to ${this.call} is larger than ${limit}, which is the limit for such a call.`,
        remedy: `Ask for less at once (fewer records or fields). ${notTheSystem}`,
      },
      ANSWER_TOO_DEEP: { message: `The answer of ${this.name} to ${this.call} is nested deeper than ${limit}.`, remedy: notTheSystem },
      ANSWER_ENCODING: { message: `The answer of ${this.name} to ${this.call} is not ${limit}, and cannot be read.`, remedy: notTheSystem },
      ANSWER_NOT_JSON: { message: `The answer of ${this.name} to ${this.call} is not ${limit}.`, remedy: notTheSystem },
    };
    return this.failure('unknown', undefined, { class: 'contract.drift', code, ...words[code] });
  }

  /** What is not even sent. */
  unsent(code: 'REQUEST_TOO_LARGE' | 'REQUEST_NOT_JSON', most: number): Failure {
    return this.failure('not-made', undefined, {
      class: 'contract.invalid',
      code,
      message:
        code === 'REQUEST_TOO_LARGE'
          ? `What is to be sent to ${this.name} by ${this.call} is larger than ${sizeText(most)}.`
          : `What is to be sent to ${this.name} by ${this.call} cannot be written as JSON.`,
      remedy:
        code === 'REQUEST_TOO_LARGE' ? 'Send less at once: fewer records, shorter texts.' : 'Correct the mapping: nothing may hold itself.',
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

const notTheSystem = 'Check that the address in the connection is that of the system’s API and that no proxy answers in its place.';

export function isWrite(request: HttpRequest): boolean {
  return request.method !== 'GET' && !request.reads;
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' && code !== '' ? code : 'UNKNOWN';
}
