/*
 * Loaded into a real Node-RED before anything else (node --require). Counts the moments at which a crash could matter
 * and kills the process (SIGKILL) at the one the test asks for:
 *   store: before and after every commit of the store
 *   call:  before every outbound request is sent, and after every answer has arrived but before anyone has seen it
 * The product knows nothing of it.
 */
const http = require('node:http');
const { DatabaseSync } = require('node:sqlite');

let count = 0;
let killAt = Number(process.env.KILL_AT || 0);

function point(what) {
  count++;
  if (count === killAt) {
    process.send?.({ killedAt: what, point: count });
    process.kill(process.pid, 'SIGKILL');
    for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1000); // the signal is on its way
  }
}

process.on('message', (message) => {
  if (typeof message.killAt === 'number') {
    count = 0;
    killAt = message.killAt;
    process.send({ armed: killAt });
  } else if (message.count) process.send({ count });
});
process.channel?.unref();

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
