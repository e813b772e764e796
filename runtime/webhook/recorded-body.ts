import type { IncomingMessage } from 'node:http';

const recording = Symbol('psConnect.body');

type Parsed = IncomingMessage & { [recording]?: RecordedBody; _body?: boolean; body?: unknown };

/** The whole body, or why there is none: longer than allowed, given up by the sender, read by others before it was recorded. */
export type WholeBody = Buffer | 'too-long' | 'gone' | 'lost';

/**
 * The bytes of a request's body as they came: what a signature is over. In front of Node-RED's HTTP nodes there may be body
 * parsers (with the admin root at `/`, its default, the admin app's own), which would consume them.
 *
 * So the body is marked as parsed, which body-parser 1 (Node-RED's) leaves alone; and for parsers that do not know the
 * mark, everything that flows out of the stream, whoever makes it flow, is recorded: each chunk that is read is emitted
 * as `data`, listened to or not. Wrapping `emit` does not start the flow, as listening would.
 */
export class RecordedBody {
  private readonly limit: number;
  private chunks: Buffer[] = [];
  private size = 0;
  private tooLong = false;
  private ended = false;
  /** to who waits for the body, if anybody does */
  private tell: (gone?: 'gone') => void = () => undefined;

  private constructor(limit: number) {
    this.limit = limit;
  }

  /** @param limit bytes; more are neither kept nor waited for */
  static begin(request: IncomingMessage, limit: number): RecordedBody {
    const known = (request as Parsed)[recording];
    if (known) return known;
    const body = new RecordedBody(limit);
    Object.assign(request, { [recording]: body, _body: true, body: (request as Parsed).body ?? {} });
    const emit = request.emit;
    request.emit = function (this: IncomingMessage, event: string | symbol, ...values: unknown[]): boolean {
      if (event === 'data') body.take(values[0]);
      else if (event === 'end') body.finish();
      return emit.call(this, event, ...values);
    } as typeof request.emit;
    return body;
  }

  static isBegun(request: IncomingMessage): boolean {
    return recording in request;
  }

  /** What came or comes; never rejects. */
  static whole(request: IncomingMessage, limit: number): Promise<WholeBody> {
    if (!RecordedBody.isBegun(request) && request.readableDidRead) return Promise.resolve('lost');
    return RecordedBody.begin(request, limit).read(request);
  }

  private read(request: IncomingMessage): Promise<WholeBody> {
    return new Promise((resolve) => {
      this.tell = (gone) => resolve(this.tooLong ? 'too-long' : gone ? 'gone' : Buffer.concat(this.chunks));
      if (this.ended || this.tooLong) return this.tell();
      if (request.destroyed) return this.tell('gone');
      request.on('error', () => this.tell('gone'));
      request.on('close', () => this.tell('gone'));
      request.on('data', () => undefined); // it flows
      if (request.isPaused()) request.resume();
    });
  }

  private take(chunk: unknown): void {
    if (this.tooLong) return;
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : (chunk as Buffer);
    this.size += bytes.length;
    if (this.size <= this.limit) {
      this.chunks.push(bytes);
      return;
    }
    this.tooLong = true;
    this.chunks = [];
    this.tell();
  }

  private finish(): void {
    this.ended = true;
    this.tell();
  }
}
