import type { Node, NodeAPI } from 'node-red';

interface Router {
  post(path: string, handler: (request: unknown, response: { end(text: string): void }) => void): void;
}
interface Turn {
  left: number;
  inFlight: number;
  finished(): void;
}

const window = 64;

/**
 * Sends many messages through the chain of nodes behind it, 64 at a time, and takes them back on its input when they have come through.
 * `POST /pump/<count>` begins without a run; a message with a payload of `{pump: count}` begins within the run that carries it.
 */
export default (RED: NodeAPI): void => {
  function BenchPump(this: Node, config: never) {
    RED.nodes.createNode(this, config);
    let turn: Turn | undefined;
    const next = () => {
      if (!turn) return;
      if (turn.left > 0) {
        turn.left--;
        this.send({ payload: turn.left, through: true });
      } else if (--turn.inFlight === 0) turn.finished();
    };
    const begin = (count: number): Promise<number> =>
      new Promise((resolve, reject) => {
        if (!(count >= window)) {
          reject(new Error(`at least ${window} messages are pumped, not ${count}`));
          return;
        }
        const began = performance.now();
        turn = { left: count, inFlight: window, finished: () => resolve(performance.now() - began) };
        for (let place = 0; place < window; place++) next();
      });
    let tracked: ((ms: number) => void) | undefined;
    this.on('input', (message, _send, done) => {
      const { through, payload } = message as { through?: boolean; payload: { pump?: number } };
      if (through) {
        next();
        done();
        return;
      }
      begin(Number(payload.pump)).then((ms) => {
        tracked?.(ms);
        done();
      }, done);
    });
    const routes = RED.httpNode as unknown as Router;
    routes.post('/pump/:count', (request, response) => {
      const { count } = (request as { params: { count: string } }).params;
      void begin(Number(count)).then((ms) => response.end(JSON.stringify({ ms })));
    });
    routes.post('/pumped', (_request, response) => {
      tracked = (ms) => response.end(JSON.stringify({ ms }));
    });
  }
  RED.nodes.registerType('bench-pump', BenchPump as never);
};
