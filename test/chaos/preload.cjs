/*
 * Loaded into a real Node-RED before anything else (node --require). The product knows nothing of it. It counts the moments
 * at which a death could matter, and kills the process (SIGKILL) at the one that the test asks for:
 *   store:  before and after every commit of the embedded store; its thread counts with the others, in shared memory
 *   bytes:  of everything written to a socket that this process has opened (systems, PostgreSQL), before it, when half of it
 *           has left, and when all of it has. EVERY_BYTE=1: at every byte of what goes to a system
 *   answer: when something has come back on such a socket and nobody has seen it
 * It can also turn the clock of the process by some milliseconds.
 */
const { writeSync } = require('node:fs');
const { Socket } = require('node:net');
const { DatabaseSync } = require('node:sqlite');
const threads = require('node:worker_threads');

const dying = -1;
/** [points passed, point at which to die; 0 = none, or that a thread is dying] */
const counter = threads.isMainThread ? new Int32Array(new SharedArrayBuffer(8)) : threads.workerData.points;
const everyByte = process.env.EVERY_BYTE === '1';
const { PSCONNECT_STORE: store = '' } = process.env;
const databasePort = store.startsWith('postgres') ? Number(new URL(store).port) : undefined;

/** Passes so many points; answers which of them is the last one, 0 = none. */
function pass(points) {
  const before = Atomics.add(counter, 0, points);
  const wanted = Atomics.load(counter, 1);
  if (wanted <= before || wanted > before + points) return 0;
  return Atomics.compareExchange(counter, 1, wanted, dying) === wanted ? wanted - before : 0; // it may be disarmed just now
}

function die(what) {
  writeSync(4, what); // a pipe to the test
  process.kill(process.pid, 'SIGKILL');
  awaitTheEnd();
}

/** The signal is on its way. */
function awaitTheEnd() {
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000);
}

const exec = DatabaseSync.prototype.exec;
DatabaseSync.prototype.exec = function (sql) {
  if (sql !== 'COMMIT') return exec.call(this, sql);
  if (pass(1)) die('before a commit');
  const result = exec.call(this, sql);
  if (pass(1)) die('after a commit');
  return result;
};

if (threads.isMainThread) {
  Atomics.store(counter, 1, Number(process.env.KILL_AT || 0));
  obey();
  watchThreads();
  watchSockets();
}

function obey() {
  process.on('message', ({ killAt, turnClock }) => {
    if (typeof killAt === 'number') {
      if (Atomics.exchange(counter, 1, 0) === dying) awaitTheEnd(); // too late: nobody is told that it is disarmed
      Atomics.store(counter, 0, 0);
      Atomics.store(counter, 1, killAt);
      process.send({ armed: killAt });
    }
    if (typeof turnClock === 'number') {
      turned = turnClock;
      process.send({ turned });
    }
  });
  process.channel?.unref();
}

function watchThreads() {
  const { Worker } = threads;
  threads.Worker = class extends Worker {
    constructor(file, options = {}) {
      super(file, { ...options, workerData: { ...options.workerData, points: counter } });
    }
  };
}

function watchSockets() {
  const opened = new WeakSet();
  const { connect, push, _writeGeneric } = Socket.prototype;
  Socket.prototype.connect = function (...parts) {
    opened.add(this);
    return connect.apply(this, parts);
  };
  Socket.prototype._writeGeneric = function (writev, data, encoding, done) {
    const fd = this._handle?.fd;
    if (opened.has(this) && !this.connecting && fd > 0) {
      const bytes = writev ? Buffer.concat(data.map(({ chunk, encoding }) => bufferOf(chunk, encoding))) : bufferOf(data, encoding);
      const each = everyByte && this.remotePort !== databasePort;
      const stop = pass(each ? bytes.length + 1 : 3);
      if (stop) {
        const leave = each ? stop - 1 : [0, bytes.length >> 1, bytes.length][stop - 1];
        for (let sent = 0; sent < leave;) sent += writeSync(fd, bytes, sent, leave - sent);
        die(leave === 0 ? 'before bytes' : leave < bytes.length ? 'between bytes' : 'after bytes');
      }
    }
    return _writeGeneric.call(this, writev, data, encoding, done);
  };
  Socket.prototype.push = function (chunk, ...rest) {
    if (chunk && opened.has(this) && pass(1)) die('after an answer');
    return push.call(this, chunk, ...rest);
  };
}

function bufferOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.from(chunk, encoding === 'buffer' ? 'utf8' : encoding) : chunk;
}

/** milliseconds by which the clock of this process is wrong */
let turned = 0;
const RightDate = Date;
globalThis.Date = class Date extends RightDate {
  constructor(...parts) {
    if (parts.length === 0) super(RightDate.now() + turned);
    else super(...parts);
  }
  static now() {
    return RightDate.now() + turned;
  }
};
