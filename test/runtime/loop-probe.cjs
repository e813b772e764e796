/**
 * How long one turn of the event loop takes at most, as CPU time of the main thread: what other processes do on the machine does not count. Loaded by
 * the settings of a Node-RED under test.
 */
let longest = 0;
let before = 0;
const used = () => process.threadCpuUsage();
const millis = ({ user, system }) => (user + system) / 1000;

setInterval(() => {
  const now = millis(used());
  longest = Math.max(longest, now - before);
  before = now;
}, 2).unref();

module.exports = {
  begin() {
    longest = 0;
    before = millis(used());
  },
  longestMs: () => Math.round(longest),
};
