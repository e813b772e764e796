import { Agent as PlainAgent } from 'node:http';
import { Agent, globalAgent } from 'node:https';
import type { Duplex } from 'node:stream';

/**
 * A socket that was told to keep alive does so; Node.js would tell it anew after each answer, which takes a twentieth of the time of a call.
 * https://nodejs.org/api/http.html#agentkeepsocketalivesocket
 */
function toldOnce<A extends PlainAgent>(agent: A): A {
  const keep = agent.keepSocketAlive.bind(agent);
  agent.keepSocketAlive = (socket: Duplex & { setKeepAlive?: unknown }) => {
    const kept = keep(socket);
    socket.setKeepAlive = () => socket;
    return kept;
  };
  return agent;
}

let agent: Agent | undefined;

/**
 * Connections whose certificate is checked whatever `NODE_TLS_REJECT_UNAUTHORIZED` says: what is asked for here goes before it. All else (kept
 * connections, a proxy of the environment) is as Node.js has it. One for all connections: sockets are kept by address.
 */
export function checkedAgent(): Agent {
  agent ??= toldOnce(new Agent({ ...globalAgent.options, rejectUnauthorized: true }));
  return agent;
}

let plain: PlainAgent | undefined;

/** Connections of plain http, which is for this machine only: no proxy of the environment gets what goes by them. */
export function plainAgent(): PlainAgent {
  plain ??= toldOnce(new PlainAgent({ keepAlive: true, scheduling: 'lifo', timeout: 5_000, proxyEnv: {} }));
  return plain;
}

/**
 * How axios is told the same. Where Node.js knows of proxies itself, axios leaves them to the agent, and this one has none. To be told here as well
 * would make axios keep each call in reach after its end: garbage collection took twice the time.
 */
export const askedItself: { proxy?: false } = process.allowedNodeEnvironmentFlags.has('--use-env-proxy') ? {} : { proxy: false };
