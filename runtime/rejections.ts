import type { RunTracking } from './run-tracking.ts';

/**
 * A promise that a node leaves rejected would stop Node-RED with all its flows (node-red/red.js exits on what is
 * uncaught). One that comes from a run becomes an error of the node and the message it was handling; any other stays
 * what it was without us.
 */
export function takeRejections(tracking: RunTracking): void {
  process.on('unhandledRejection', (reason) => {
    if (tracking.takeRejection(reason)) return;
    if (process.listenerCount('unhandledRejection') > 1 || isLenient(process.execArgv, process.env['NODE_OPTIONS'])) return;
    throw reason;
  });
}

/** Node.js was told not to stop because of them. */
function isLenient(execArgv: string[], options = ''): boolean {
  return /--unhandled-rejections[= ](none|warn)/.test([...execArgv, options].join(' '));
}
