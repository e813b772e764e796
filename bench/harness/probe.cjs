/*
 * Loaded into each measured Node-RED before anything else (node --require), peers included: answers with what the process
 * has used so far. The event loop's delay is sampled each millisecond.
 */
const { monitorEventLoopDelay } = require('node:perf_hooks');

const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();

process.on('message', ({ ask, id }) => {
  if (ask === 'reset') delay.reset();
  if (ask === 'collect') globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  process.send({
    id,
    cpuMs: (user + system) / 1000,
    rss,
    heapUsed,
    delayMs: { median: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
  });
});
process.channel?.unref();
