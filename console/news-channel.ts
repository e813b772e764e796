import { Hearing } from './hearing.ts';
import { type After, browserAfter } from './live-refresh.ts';

/** What the runtime tells editors and consoles by (runtime/activity.ts). */
export const newsTopic = 'ps-connect/activity';

/** A connection of the browser's, as far as it is needed here. */
export type NewsSocket = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

interface NewsOptions {
  /** `wss://node-red.firm.example/comms` */
  address: string;
  /** of the editor's sign-in; asked for at each connection, because it is renewed */
  token(): string | undefined;
  onNews(): void;
  /** whether news would come now */
  onHears(hears: boolean): void;
  open?(address: string): NewsSocket;
  after?: After;
}

const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
/** whoever is not let in is not let in a second later either */
const refusedWaitMs = 60_000;

/**
 * Listens to one topic of Node-RED's channel to its editors (`<httpAdminRoot>/comms`): first its token, answered by `{auth: 'ok'}`, then what it
 * wants to hear; messages are lists of topic and data (editor-api, comms.js). Begins again when it ends, or falls silent.
 */
export class NewsChannel {
  private readonly options: NewsOptions;
  private readonly after: After;
  private readonly hearing: Hearing;
  private socket: NewsSocket | undefined;
  private failures = 0;
  private refused = false;

  constructor(options: NewsOptions) {
    this.options = options;
    this.after = options.after ?? browserAfter;
    this.hearing = new Hearing((hears) => {
      options.onHears(hears);
      if (!hears) this.end();
    }, this.after);
  }

  connect(): void {
    const { address, token, open = (at) => new WebSocket(at) } = this.options;
    const socket = open(address);
    this.socket = socket;
    this.refused = false;
    socket.onopen = () => {
      const auth = token();
      if (auth === undefined) this.subscribe(socket);
      else socket.send(JSON.stringify({ auth }));
    };
    socket.onmessage = ({ data }) => this.take(socket, String(data));
    socket.onclose = () => {
      this.hearing.lost();
      this.end();
    };
  }

  private subscribe(socket: NewsSocket): void {
    socket.send(JSON.stringify({ subscribe: newsTopic }));
  }

  private take(socket: NewsSocket, text: string): void {
    const said = jsonOf(text);
    if (Array.isArray(said)) {
      this.failures = 0;
      this.hearing.sign();
      if (said.some((one) => (one as { topic?: unknown } | null)?.topic === newsTopic)) this.options.onNews();
      return;
    }
    const { auth } = (said ?? {}) as { auth?: unknown };
    if (auth === 'ok') this.subscribe(socket);
    else if (auth === 'fail') this.refused = true; // Node-RED closes it
  }

  /** Closed, or as good as closed: nothing of it is listened to any more, and another is opened after a while. */
  private end(): void {
    const { socket } = this;
    if (!socket) return;
    this.socket = undefined;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
    const wait = this.refused ? refusedWaitMs : Math.min(longestWaitMs, firstWaitMs * 2 ** this.failures);
    this.failures++;
    this.after(wait, () => this.connect());
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
