import { Agent as PlainAgent } from 'node:http';
import { Agent, globalAgent } from 'node:https';

let agent: Agent | undefined;

/**
 * Connections whose certificate is checked whatever `NODE_TLS_REJECT_UNAUTHORIZED` says: what is asked for here goes before it. All else (kept
 * connections, a proxy of the environment) is as Node.js has it. One for all connections: sockets are kept by address.
 */
export function checkedAgent(): Agent {
  agent ??= new Agent({ ...globalAgent.options, rejectUnauthorized: true });
  return agent;
}

let plain: PlainAgent | undefined;

/** Connections of plain http, which is for this machine only: no proxy of the environment gets what goes by them. */
export function plainAgent(): PlainAgent {
  plain ??= new PlainAgent({ keepAlive: true, scheduling: 'lifo', timeout: 5_000, proxyEnv: {} });
  return plain;
}
