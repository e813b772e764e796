import { Socket } from 'node:net';
import type { Client, ClientConfig, Pool } from 'pg';
import { connectionLost } from './postgres-failures.ts';
import type { BeginSession } from './session.ts';

/** `int8` as a number: epoch milliseconds and sequence numbers stay far below 2^53. The rest as the driver gives it. */
export const bigints = {
  getTypeParser: (type: number) => (type === 20 || type === 23 ? Number : type === 16 ? (text: string) => text === 't' : String),
};

/** The driver, asked for only when a shared store is used. An encrypted connection is checked whatever `NODE_TLS_REJECT_UNAUTHORIZED` says; its address may say otherwise. */
export async function driver(): Promise<{ Client: typeof Client; Pool: typeof Pool }> {
  const { Client: Plain, Pool } = (await import('pg')).default;
  class Checked extends Plain {
    constructor(config?: ClientConfig | string) {
      super(config);
      const { connection } = this as unknown as { connection: { ssl: boolean | { rejectUnauthorized?: boolean } } };
      if (connection.ssl === true) connection.ssl = { rejectUnauthorized: true };
      else if (connection.ssl) connection.ssl.rejectUnauthorized ??= true;
    }
  }
  return { Client: Checked, Pool };
}

/** Statements that are asked for in one turn of the event loop go to the network together: each write to it costs as much as all the rest of a statement. */
export function together(client: Client): void {
  const { stream } = (client as unknown as { connection: { stream: Socket } }).connection;
  if (gathering.has(stream)) return;
  gathering.add(stream);
  stream.cork();
  process.nextTick(() => {
    gathering.delete(stream);
    stream.uncork();
  });
}

const gathering = new WeakSet<Socket>();

/** The sockets of a store, so that it can leave a network that does not answer any more. */
export class Sockets {
  private readonly open = new Set<Socket>();

  /** for `stream` of the driver's settings */
  readonly make = (): Socket => {
    const socket = new Socket();
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    return socket;
  };

  /** Waits for what is still to be said, but not for ever. */
  async leave(goodbyes: Promise<unknown>, longestMs = 5_000): Promise<void> {
    const timer = setTimeout(() => {
      for (const socket of this.open) socket.destroy();
    }, longestMs);
    await goodbyes.finally(() => clearTimeout(timer));
  }
}

/** One connection that comes back: the next caller after a loss gets a new one. */
export class Connection {
  private readonly config: ClientConfig;
  private readonly begin: BeginSession;
  private readonly onChange: () => void;
  private connecting: Promise<Client> | undefined;
  private connected: Client | undefined;
  private closed = false;

  /** @param onChange is told when its session was lost, when there is a new one, and when none can be had: the database may be another from then on */
  constructor(config: ClientConfig, begin: BeginSession, onChange: () => void = () => undefined) {
    this.config = config;
    this.begin = begin;
    this.onChange = onChange;
  }

  get(): Promise<Client> {
    if (this.closed) return Promise.reject(Object.assign(new Error('The store is closed.'), { code: '57P01' }));
    this.connecting ??= this.connect();
    return this.connecting;
  }

  /** After an error of a client that it gave: throws that one away unless the error was about a statement only. */
  check(client: Client, error: unknown): void {
    if (connectionLost(error)) this.drop(client);
  }

  async close(): Promise<void> {
    this.closed = true;
    const client = await this.connecting?.catch(() => undefined);
    this.connecting = this.connected = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    try {
      const { Client } = await driver();
      const client = new Client({ ...this.config, types: bigints });
      client.on('error', () => this.drop(client));
      client.on('end', () => this.drop(client));
      await client.connect();
      await this.begin(client).catch((error: unknown) => {
        void client.end().catch(() => undefined);
        throw error;
      });
      this.connected = client;
      return client;
    } catch (error) {
      this.connecting = undefined;
      throw error;
    } finally {
      this.onChange();
    }
  }

  /** One that was replaced already may still report its end: that is no loss of its successor. */
  private drop(client: Client): void {
    if (client !== this.connected || this.closed) return;
    this.connecting = this.connected = undefined;
    void client.end().catch(() => undefined);
    this.onChange();
  }
}
