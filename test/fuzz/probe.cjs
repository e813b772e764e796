/*
 * Loaded into the product under test before anything else (node --require): tells how long its event loop was held, and
 * how much of that the process itself worked (the rest is the machine's doing), and how large it is. When it does not move
 * for seconds, a thread of its own writes down where it is (stack.json in PROBE_FOLDER).
 */
const { Worker, isMainThread } = require('node:worker_threads');

const everyMs = 10;
const tellsFromMs = 40;
let last = performance.now();
let cpu = process.threadCpuUsage();
let saidAt = 0;

const tell = (message) => process.connected && process.send(message, () => undefined);

if (isMainThread) {
  const moved = new Int32Array(new SharedArrayBuffer(4));
  new Worker(`(${witness})()`, { eval: true, execArgv: [], workerData: { moved, folder: process.env['PROBE_FOLDER'] } }).unref();

  setInterval(() => {
    Atomics.add(moved, 0, 1);
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
}

/** In a thread of its own: sees that the process does not move, and where it is. */
function witness() {
  const { workerData } = require('node:worker_threads');
  const { Session } = require('node:inspector');
  const { writeFileSync } = require('node:fs');
  let before = -1;
  setInterval(() => {
    const now = Atomics.load(workerData.moved, 0);
    if (now === before) look();
    before = now;
  }, 4_000);

  function look() {
    const session = new Session();
    session.connectToMainThread();
    const files = new Map();
    session.on('Debugger.scriptParsed', ({ params }) => files.set(params.scriptId, params.url));
    session.on('Debugger.paused', ({ params: { callFrames } }) => {
      const lines = callFrames.map(({ functionName, url, location }) => {
        const file = (url || files.get(location.scriptId) || '').split('/').slice(-2).join('/');
        return `${functionName || '(nameless)'} ${file}:${location.lineNumber + 1}`;
      });
      writeFileSync(`${workerData.folder}/stack.json`, JSON.stringify(lines));
      session.post('Debugger.resume');
      session.disconnect();
    });
    session.post('Debugger.enable', () => {
      try {
        session.post('Debugger.pause');
      } catch {
        // it has been there already
      }
    });
  }
}
