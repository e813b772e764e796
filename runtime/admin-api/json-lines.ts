import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** An answer of any length, one JSON value a line: made as fast as it is taken, and no faster. */
export class JsonLines {
  private readonly values: AsyncIterable<unknown>;
  private readonly name: string;

  /** `name` of the file that a browser makes of it */
  constructor(values: AsyncIterable<unknown>, name: string) {
    this.values = values;
    this.name = name;
  }

  /** What goes wrong before the first line is the caller's to tell; later, the answer breaks off without its end. */
  async send(response: Response): Promise<void> {
    const values = this.values[Symbol.asyncIterator]();
    const first = await values.next();
    async function* text(): AsyncGenerator<string> {
      for (let next = first; !next.done; next = await values.next()) yield `${JSON.stringify(next.value)}\n`;
    }
    response.status(200).attachment(this.name).type('application/x-ndjson');
    await pipeline(Readable.from(text()), response).catch(() => response.destroy());
  }
}
