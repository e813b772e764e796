import type { Node, NodeAPI } from 'node-red';

interface Router {
  post(path: string, handler: (request: { params: { count: string } }, response: { end(text: string): void }) => void): void;
}

/**
 * Counts the messages that come through. `POST /counted/<count>` is answered when so many have: nobody has to ask again and again,
 * which would cost the process that is measured.
 */
export default (RED: NodeAPI): void => {
  function BenchCount(this: Node, config: never) {
    RED.nodes.createNode(this, config);
    let count = 0;
    let waiting: { count: number; answer(): void } | undefined;
    const look = () => {
      if (waiting && count >= waiting.count) waiting.answer();
    };
    this.on('input', (_message, _send, done) => {
      count++;
      done();
      look();
    });
    (RED.httpNode as unknown as Router).post('/counted/:count', (request, response) => {
      waiting = {
        count: Number(request.params.count),
        answer: () => {
          waiting = undefined;
          response.end(JSON.stringify({ count }));
        },
      };
      look();
    });
  }
  RED.nodes.registerType('bench-count', BenchCount as never);
};
