/** Requests in flight of one connection: no system allows more. */
export const mostCallsAtOnce = 1_000;
/** No call is waited for longer. */
export const longestTimeoutMs = 3_600_000;

const kB = 1_024;
const MB = 1_024 * kB;

/** What a call asks for: it decides how much is taken of the answer. */
export type CallKind = 'sign-in' | 'record' | 'list' | 'stream';

export interface CallLimits {
  /** bytes of the answer, decompressed */
  answer: number;
  /** bytes of the request's body */
  request: number;
}

/**
 * By kind of call. A record of NetSuite or Kantata has some kB, a page of a list some MB: 2,000 records of Salesforce, its largest page, of 8 kB
 * each; a description of an object 5 MB at most. More could be taken, but reading it would hold up everybody else for too long. What is
 * read as a stream is never in memory as a whole.
 */
export const callLimits: Record<CallKind, CallLimits> = {
  'sign-in': { answer: 256 * kB, request: 64 * kB },
  record: { answer: 4 * MB, request: 10 * MB },
  list: { answer: 16 * MB, request: 10 * MB },
  stream: { answer: 512 * MB, request: 200 * MB },
};

/** Of an answer that refuses something: the words for it are in the first kB. */
export const longestRefusal = 1 * MB;
/** Text is compressed to a twentieth, lists of like records to a hundredth; what grows more was made to fill the memory. */
export const mostGrowth = 400;
/** A small answer may grow as it likes. */
export const growthCountsFrom = 1 * MB;
/** Levels of objects and lists: a page of a query with sub-queries has about ten. */
export const deepestAnswer = 200;
/** Node.js takes no more of the headers of an answer: https://nodejs.org/api/http.html#httpmaxheadersize */
export const mostHeaderBytes = 16 * kB;
/** Pages of one list. NetSuite gives 100,000 rows in a hundred pages, Salesforce a million in five hundred. */
export const mostPages = 10_000;
