/*
 * Loaded into the product under test before anything else (node --require): tells how long its event loop was held, and
 * how much of that the process itself worked (the rest is the machine's doing), and how large it is.
 */
const everyMs = 10;
const tellsFromMs = 40;
let last = performance.now();
let cpu = process.threadCpuUsage();
let saidAt = 0;

const tell = (message) => process.connected && process.send(message, () => undefined);

setInterval(() => {
  const now = performance.now();
  const used = process.threadCpuUsage();
  const held = now - last - everyMs;
  if (held > tellsFromMs) {
    const worked = (used.user + used.system - cpu.user - cpu.system) / 1000;
    tell({ held, worked, until: Date.now() });
  }
  last = now;
  cpu = used;
  if (now - saidAt > 250) {
    saidAt = now;
    tell({ beat: Date.now(), rss: process.memoryUsage.rss() });
  }
}, everyMs).unref();

process.channel?.unref();
