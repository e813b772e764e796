import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { join } from 'node:path';
import express, { type Express, type Request, type Response } from 'express';
import { SandboxClock } from './clock.ts';
import { type Fault, Faults } from './faults.ts';
import type { FirmInSystem } from './firm-in-system.ts';
import { Journal, type JournalEntry } from './journal.ts';

export interface SimulatorOptions {
  /** 0 lets the machine choose */
  port: number;
  /** folder where state and journal survive a restart; absent = memory only */
  dir?: string;
  clock?: SandboxClock;
}

/** A request as the simulators see it: the raw body is kept, since signatures and form bodies need it. */
export interface SimRequest extends Request {
  rawBody: string;
}

/** What runs beside a simulator. */
export interface Beside {
  stop(): void;
}

/** What one system's folder provides. */
export interface SystemDefinition<State> {
  /** as the product calls it, too */
  name: string;
  /** a fresh, empty state: plain JSON data, so that it can be stored and shown */
  emptyState(): State;
  /** mounts the system's own API */
  routes(app: Express, sim: Simulator<State>): void;
  /** what `npm run sandbox` prints for this system besides `url`: test credentials */
  credentials(sim: Simulator<State>): Record<string, string>;
  /** a server of the system that speaks another protocol than HTTP, started beside it where it is asked for; port 0 lets the machine choose */
  beside?(sim: Simulator<State>, port: number): Promise<Beside>;
  /** forgets every access token (fault `expireToken`) */
  expireTokens(state: State): void;
  /** inserts records without passing through the API: test set-up and the generated firm */
  load(sim: Simulator<State>, data: unknown): void;
  /** what it is for the generated firm; absent: the firm does not use it */
  firm?: FirmInSystem<State>;
}

/** One running simulator: HTTP server, state, journal, faults, and the `/__sandbox` routes. */
export class Simulator<State> {
  readonly definition: SystemDefinition<State>;
  readonly clock: SandboxClock;
  readonly journal: Journal;
  readonly faults = new Faults();
  state: State;
  url = '';
  private server: Server | undefined;
  private beside: Beside | undefined;
  private readonly file: string | undefined;
  private readonly port: number;
  private saving: NodeJS.Timeout | undefined;

  constructor(definition: SystemDefinition<State>, options: SimulatorOptions) {
    this.definition = definition;
    this.clock = options.clock ?? new SandboxClock();
    this.journal = new Journal(this.clock.now);
    this.state = definition.emptyState();
    this.port = options.port;
    if (options.dir) {
      mkdirSync(options.dir, { recursive: true, mode: 0o700 });
      this.file = join(options.dir, `${definition.name}.json`);
      this.restore();
    }
  }

  async start(): Promise<this> {
    const app = express();
    app.disable('x-powered-by');
    app.use(express.text({ type: () => true, limit: '200mb' }));
    app.use((request, _response, next) => {
      (request as SimRequest).rawBody = typeof request.body === 'string' ? request.body : '';
      next();
    });
    this.controlRoutes(app);
    app.use((request, response, next) => void this.playFault(request as SimRequest, response).then((played) => played || next(), next));
    this.definition.routes(app, this);
    await new Promise<void>((resolve, reject) => {
      this.server = app.listen(this.port, '127.0.0.1', (error?: Error) => (error ? reject(error) : resolve()));
    });
    const address = this.server?.address();
    if (!address || typeof address === 'string') throw new Error(`${this.definition.name}: no address`);
    this.url = `http://127.0.0.1:${address.port}`;
    return this;
  }

  /** Starts what the system speaks besides HTTP. */
  async startBeside(port = 0): Promise<this> {
    this.beside ??= await this.definition.beside?.(this, port);
    return this;
  }

  async stop(): Promise<void> {
    this.save();
    this.beside?.stop();
    this.server?.closeAllConnections();
    await new Promise<void>((resolve) => (this.server ? this.server.close(() => resolve()) : resolve()));
  }

  /** As new, with nothing loaded. */
  reset(): void {
    this.state = this.definition.emptyState();
    this.journal.restore([]);
    this.faults.clear();
    this.save();
  }

  /** Writes one journal entry and schedules the state to be stored. `request` supplies method and path. */
  record(request: Request, entry: Omit<JournalEntry, 'seq' | 'at' | 'method' | 'path'>): void {
    const lost = request.res?.locals.answerLost === true;
    this.journal.add({ method: request.method, path: request.originalUrl, ...entry, ...(lost ? { answerLost: true } : {}) });
    this.saveSoon();
  }

  /** The `refuseRecord` fault for this record, if one is set. */
  refusal(request: Request, record: unknown): Fault | undefined {
    return this.faults.take(
      { method: request.method, path: request.originalUrl, body: JSON.stringify(record) },
      (kind) => kind === 'refuseRecord',
    );
  }

  saveSoon(): void {
    if (this.file && !this.saving) {
      this.saving = setTimeout(() => this.save(), 200);
      this.saving.unref();
    }
  }

  /** Returns true when the fault has answered (or cut) the request. */
  private async playFault(request: SimRequest, response: Response): Promise<boolean> {
    const fault = this.faults.take(
      { method: request.method, path: request.originalUrl, body: request.rawBody },
      (kind) => kind !== 'refuseRecord',
    );
    switch (fault?.kind) {
      case 'status': {
        for (const [name, value] of Object.entries(fault.headers ?? {})) response.setHeader(name, value);
        response.status(fault.status ?? 503);
        if (fault.body === undefined) response.end();
        else if (typeof fault.body === 'string') response.send(fault.body);
        else response.json(fault.body);
        if (request.method !== 'GET') {
          this.journal.add({ method: request.method, path: request.originalUrl, status: fault.status ?? 503, outcome: 'refused' });
        }
        return true;
      }
      case 'dropBefore':
        request.socket.destroy();
        return true;
      case 'dropAfter': {
        response.locals.answerLost = true;
        const cut = () => {
          request.socket.destroy();
          return response;
        };
        response.end = cut as Response['end'];
        response.write = () => true;
        return false;
      }
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, fault.delayMs ?? 0));
        return false;
      case 'expireToken':
        this.definition.expireTokens(this.state);
        return false;
      default:
        return false;
    }
  }

  private controlRoutes(app: Express): void {
    app.get('/__sandbox/journal', (_request, response) => void response.json(this.journal.entries));
    app.get('/__sandbox/state', (_request, response) => void response.json(this.state));
    app.get('/__sandbox/faults', (_request, response) => void response.json(this.faults.all()));
    app.delete('/__sandbox/faults', (_request, response) => {
      this.faults.clear();
      response.status(204).end();
    });
    app.post('/__sandbox/faults', (request, response) => {
      this.faults.add(json<Fault | Fault[]>(request));
      response.json(this.faults.all());
    });
    app.post('/__sandbox/clock', (request, response) => {
      const body = json<{ now?: string }>(request);
      if (body.now) this.clock.set(new Date(body.now));
      response.json({ now: this.clock.now().toISOString() });
    });
    app.post('/__sandbox/reset', (_request, response) => {
      this.reset();
      response.status(204).end();
    });
    app.post('/__sandbox/load', (request, response) => {
      this.definition.load(this, json(request));
      this.saveSoon();
      response.status(204).end();
    });
  }

  private restore(): void {
    try {
      const stored = JSON.parse(readFileSync(this.file as string, 'utf8')) as { state: State; journal: JournalEntry[] };
      this.state = stored.state;
      this.journal.restore(stored.journal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }

  private save(): void {
    clearTimeout(this.saving);
    this.saving = undefined;
    if (!this.file) return;
    writeFileSync(`${this.file}.tmp`, JSON.stringify({ state: this.state, journal: this.journal.entries }));
    renameSync(`${this.file}.tmp`, this.file);
  }
}

function json<T>(request: Request): T {
  return JSON.parse((request as SimRequest).rawBody || '{}') as T;
}
