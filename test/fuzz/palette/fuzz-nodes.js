/*
 * A node that tells the driver what it was handed, as a Catch or debug node would see it, and a line by which the driver
 * hands a message to any node: also such as JSON cannot say.
 */
module.exports = (RED) => {
  const tell = (message) => process.connected && process.send(message, () => undefined);

  RED.nodes.registerType('fuzz-listener', function (config) {
    RED.nodes.createNode(this, config);
    this.on('input', (msg, _send, done) => {
      // errors whole, ordinary messages in part: what is looked for was put near the beginning
      tell({ heard: this.id, text: textIn(msg, msg.error ? 400 : 120) });
      done();
    });
  });

  if (globalThis.fuzzLine) return;
  globalThis.fuzzLine = true;
  process.on('message', ({ receive, message, shape, deadline }) => {
    if (!receive) return;
    const node = RED.nodes.getNode(receive);
    if (!node) return;
    const msg = { ...message, payload: message.payload === undefined ? undefined : JSON.parse(message.payload) };
    if (deadline) msg.deadline = deadline;
    if (shape) shaped(msg, shape);
    // what it takes to make the message is not the node's doing
    setImmediate(() => node.receive(msg));
  });
};

/** All text of a value, hidden properties and causes too, up to so many parts. */
function textIn(value, most) {
  const seen = new Set();
  const texts = [];
  const left = [value];
  while (left.length > 0 && texts.length < most) {
    const part = left.shift();
    if (typeof part === 'string') texts.push(part.length > 20_000 ? part.slice(0, 20_000) : part);
    else if (Buffer.isBuffer(part)) texts.push(part.subarray(0, 20_000).toString('latin1'));
    else if (part && typeof part === 'object' && !seen.has(part)) {
      seen.add(part);
      for (const name of Object.getOwnPropertyNames(part).slice(0, 200)) {
        if (name === 'req' || name === 'res') continue; // and with them all that Node.js keeps
        texts.push(name);
        try {
          left.push(part[name]);
        } catch {
          // a getter that throws tells nothing
        }
      }
      if (part instanceof Map || part instanceof Set) left.push(...[...part].slice(0, 50));
    }
  }
  return texts.join('\n');
}

const shapes = {
  circular: (msg) => Object.assign(msg.payload, { self: msg.payload, all: msg }),
  buffer: (msg) => (msg.payload = Buffer.from(JSON.stringify(msg.payload))),
  date: (msg) => (msg.payload.workDate = new Date(NaN)),
  map: (msg) => (msg.payload = new Map(Object.entries(msg.payload))),
  set: (msg) => (msg.payload = new Set([1, msg.payload])),
  bigint: (msg) => (msg.payload.minutes = 10n ** 40n),
  symbol: (msg) => (msg.payload[Symbol('s')] = msg.payload.id = Symbol('id')),
  function: (msg) => (msg.payload.id = () => 'id'),
  error: (msg) => (msg.payload = new Error('a payload')),
  proxy: (msg) => (msg.payload = new Proxy(msg.payload, { get: () => msg.payload, ownKeys: () => ['id', 'code'] })),
  getter: (msg) =>
    Object.defineProperty(msg.payload, 'minutes', {
      enumerable: true,
      get: () => {
        throw new Error('a getter of a payload');
      },
    }),
  class: (msg) => (msg.payload = Object.assign(new (class Deal {})(), msg.payload)),
  sparse: (msg) => (msg.payload = Object.assign([], { 4294967290: msg.payload })),
  nan: (msg) => Object.assign(msg.payload, { minutes: NaN, amount: { amount: Infinity, currency: 'EUR' } }),
  undefined: (msg) => Object.assign(msg.payload, { id: undefined, code: undefined }),
  deep: (msg) => {
    let inner = {};
    for (let depth = 0; depth < 20_000; depth++) inner = { inner };
    msg.payload.inner = inner;
  },
  wide: (msg) => (msg.payload.list = Array.from({ length: 50_000 }, (_, index) => index)),
  promise: (msg) => (msg.payload = Promise.reject(new Error('a promise of a payload'))).catch(() => undefined),
  toJSON: (msg) =>
    (msg.payload.toJSON = () => {
      throw new Error('toJSON of a payload');
    }),
  frozen: (msg) => Object.freeze(Object.freeze(msg).payload),
  mark: (msg) => (msg.psConnect = { run: '__proto__', token: 1e300, attempt: -1, failure: { message: 5 } }),
  'no payload': (msg) => delete msg.payload,
  'string message': (msg) => (msg.payload = { code: { id: [] }, id: {} }),
};

function shaped(msg, shape) {
  if (typeof msg.payload === 'object' && msg.payload !== null) shapes[shape](msg);
}
