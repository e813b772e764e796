/*
 * Loaded into a real Node-RED before anything else (node --require). Counts the moments at which a crash could matter
 * and kills the process (SIGKILL) at the one the test asks for:
 *   store: before and after every commit of the store
 *   call:  before every outbound request is sent, and after every answer has arrived but before anyone has seen it
 * The embedded store has a thread of its own: its points are counted there, in memory that both share.
 * The product knows nothing of it.
 */
const { writeSync } = require('node:fs');
const http = require('node:http');
const { DatabaseSync } = require('node:sqlite');
const threads = require('node:worker_threads');

/** [points passed, point at which to die; 0 = none] */
const counter = threads.isMainThread ? new Int32Array(new SharedArrayBuffer(8)) : threads.workerData.killPoints;

function point(what) {
  const count = Atomics.add(counter, 0, 1) + 1;
  if (count !== Atomics.load(counter, 1)) return;
  writeSync(4, what); // a pipe to the test
  process.kill(process.pid, 'SIGKILL');
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000); // the signal is on its way
}

if (threads.isMainThread) {
  Atomics.store(counter, 1, Number(process.env.KILL_AT || 0));
  process.on('message', (message) => {
    if (typeof message.killAt !== 'number') return;
    Atomics.store(counter, 1, 0);
    Atomics.store(counter, 0, 0);
    Atomics.store(counter, 1, message.killAt);
    process.send({ armed: message.killAt });
  });
  process.channel?.unref();
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(file, options = {}) {
      super(file, { ...options, workerData: { ...options.workerData, killPoints: counter } });
    }
  };
}

const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (sql) {
  if (sql !== 'COMMIT') return exec.call(this, sql);
  point('before commit');
  const result = exec.call(this, sql);
  point('after commit');
  return result;
};

const request = http.request;
http.request = function (...parts) {
  point('before request');
  const made = request.apply(this, parts);
  const emit = made.emit;
  made.emit = function (event, ...rest) {
    if (event === 'response') point('after answer');
    return emit.call(this, event, ...rest);
  };
  return made;
};
