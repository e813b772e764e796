import type { Client, ClientConfig } from 'pg';
import { connectionLost } from './postgres-failures.ts';

/** `int8` as a number: epoch milliseconds and sequence numbers stay far below 2^53. The rest as the driver gives it. */
export const bigints = {
  getTypeParser: (type: number) => (type === 20 || type === 23 ? Number : type === 16 ? (text: string) => text === 't' : String),
};

/** The driver, asked for only when a shared store is used. */
export const driver = async () => (await import('pg')).default;

/** One connection that comes back: the next caller after a loss gets a new one. */
export class Connection {
  private readonly config: ClientConfig;
  private readonly onLoss: () => void;
  private client: Promise<Client> | undefined;
  private closed = false;

  constructor(config: ClientConfig, onLoss: () => void = () => undefined) {
    this.config = config;
    this.onLoss = onLoss;
  }

  get(): Promise<Client> {
    if (this.closed) return Promise.reject(Object.assign(new Error('The store is closed.'), { code: '57P01' }));
    this.client ??= this.connect();
    return this.client;
  }

  /** After an error on it: throws it away unless the error was about a statement only. */
  check(error: unknown): void {
    if (connectionLost(error)) this.drop();
  }

  async close(): Promise<void> {
    this.closed = true;
    const client = await this.client?.catch(() => undefined);
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    const { Client } = await driver();
    const client = new Client({ ...this.config, types: bigints });
    client.on('error', () => this.drop());
    client.on('end', () => this.drop());
    try {
      await client.connect();
      return client;
    } catch (error) {
      this.client = undefined;
      throw error;
    }
  }

  private drop(): void {
    const client = this.client;
    if (!client || this.closed) return;
    this.client = undefined;
    void client.then((lost) => lost.end()).catch(() => undefined);
    this.onLoss();
  }
}
