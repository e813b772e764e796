import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** An answer of any length that is a file: made as fast as it is taken, and no faster. */
export class FileAnswer {
  private readonly pieces: AsyncIterable<string | Uint8Array>;
  private readonly name: string;
  private readonly type: string;

  /** `name` of the file that a browser makes of it */
  constructor(pieces: AsyncIterable<string | Uint8Array>, { name, type }: { name: string; type: string }) {
    this.pieces = pieces;
    this.name = name;
    this.type = type;
  }

  /** What goes wrong before the first piece is the caller's to tell; later, the answer breaks off without its end. */
  async send(response: Response): Promise<void> {
    const pieces = this.pieces[Symbol.asyncIterator]();
    const first = await pieces.next();
    async function* all(): AsyncGenerator<string | Uint8Array> {
      for (let next = first; !next.done; next = await pieces.next()) yield next.value;
    }
    response.status(200).attachment(this.name).type(this.type);
    await pipeline(Readable.from(all()), response).catch(() => response.destroy());
  }
}

/** One JSON value a line. */
export function jsonLines(values: AsyncIterable<unknown>, name: string): FileAnswer {
  async function* lines(): AsyncGenerator<string> {
    for await (const value of values) yield `${JSON.stringify(value)}\n`;
  }
  return new FileAnswer(lines(), { name, type: 'application/x-ndjson' });
}
