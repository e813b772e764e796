/**
 * What people of the firm do with the integration itself, whichever it is: they wait until it has carried through what they did, decide what it asks,
 * and send what has stopped on its way again once it can go.
 */
export interface Office {
  /** resolves when everything that was done so far has been carried through, as far as no person is asked */
  settled(): Promise<unknown>;
  /** Decides the open question whose title begins so; tells whether there was one. */
  decide(title: string, verdict: 'approve' | 'reject', reason: string): Promise<boolean>;
  /** Has what stopped for this reason tried again; tells whether anything had stopped. */
  tryAgain(code: string, reason: string): Promise<boolean>;
}

/** Where nothing is integrated, nothing comes of what people do. */
export const nobodyInOffice: Office = {
  settled: () => Promise.resolve(),
  decide: () => Promise.resolve(false),
  tryAgain: () => Promise.resolve(false),
};
