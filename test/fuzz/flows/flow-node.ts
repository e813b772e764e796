export type FlowNode = Record<string, unknown> & { id: string; type: string };

/** The addresses of one lane's three systems. */
export type Lane = Record<'salesforce' | 'netsuite' | 'kantata', string>;

/** Short waits, so that what is tried again ends soon. */
export const policyFields = { maxAttempts: 3, firstDelaySeconds: 0.05, maxDelaySeconds: 0.5, stallAfterMinutes: 1, severity: 'normal' };


/** A node of a tab, with what all of them have. */
export function node(z: string, id: string, type: string, wires: string[][], more: object = {}): FlowNode {
  return { id, type, z, name: id, x: 100, y: 100, wires, policy: 'fuzz-policy', ...more };
}

/** The field that holds the address of a system. */
export const addressOf = (system: keyof Lane, lane: Lane): object =>
  ({
    salesforce: { salesforceLoginUrl: lane.salesforce },
    netsuite: { netsuiteBaseUrl: lane.netsuite },
    kantata: { kantataBaseUrl: `${lane.kantata}/api/v1` },
  })[system];
