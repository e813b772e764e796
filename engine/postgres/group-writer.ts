import type { Row } from '../sqlite/database.ts';
import { type Connection, together } from './connection.ts';
import { appendLines, type NewLine } from './journal-chain.ts';
import { storeRefusal } from '../store-refusal.ts';
import { worthRepeating } from './postgres-failures.ts';
import { type Outcome, singleName, type Transaction, type WriteKind } from './write-kind.ts';

interface Ask {
  kind: WriteKind<unknown, unknown>;
  input: unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

const groupLimit = 2_000;
const attempts = 6;

/**
 * Group commit over one connection: all that is asked for while a transaction is under way shares the next one. A write's
 * promise resolves only after its commit. What several instances contend for is repeated here, unseen by the callers.
 */
export class GroupWriter {
  private readonly connection: Connection;
  private readonly instance: string;
  private readonly onError: (error: unknown) => unknown;
  private readonly onLines: () => void;
  private queue: Ask[] = [];
  private working: Promise<void> | undefined;

  /** `onError` makes of a database error what the callers see; `onLines` is told that the journal has grown. */
  constructor(connection: Connection, instance: string, onError: (error: unknown) => unknown, onLines: () => void = () => undefined) {
    this.onLines = onLines;
    this.connection = connection;
    this.instance = instance;
    this.onError = onError;
  }

  write<Input, Output>(kind: WriteKind<Input, Output>, input: Input): Promise<Output> {
    return new Promise<Output>((resolve, reject) => {
      this.queue.push({ kind, input, resolve, reject });
      this.working ??= new Promise<void>((ended) => {
        setImmediate(() => void this.work().finally(ended));
      });
    });
  }

  /** Resolves when nothing is under way. */
  async idle(): Promise<void> {
    while (this.working) await this.working;
  }

  private async work(): Promise<void> {
    while (this.queue.length > 0) await this.commit(this.nextGroup());
    this.working = undefined;
  }

  /** In the order in which they were asked for; of two that must stay apart, the later one and all after it stay queued. */
  private nextGroup(): Ask[] {
    const seen = new Set<string>();
    let end = 0;
    for (; end < this.queue.length && end < groupLimit; end++) {
      const { kind, input } = this.queue[end] as Ask;
      if (!kind.apart) continue;
      const apart = `${kind.name} ${kind.apart(input)}`;
      if (seen.has(apart)) break;
      seen.add(apart);
    }
    return this.queue.splice(0, end);
  }

  private async commit(group: Ask[]): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        const outcomes = await this.transact(group);
        for (const [ask, outcome] of outcomes) {
          if ('refused' in outcome) ask.reject(outcome.refused);
          else ask.resolve(outcome.value);
        }
        return;
      } catch (error) {
        if (worthRepeating(error) && attempt < attempts) continue;
        if (group.length > 1 && concernsOne(error)) {
          for (const ask of group) await this.commit([ask]);
          return;
        }
        const failure = this.onError(error);
        for (const ask of group) ask.reject(failure);
        return;
      }
    }
  }

  private async transact(group: Ask[]): Promise<Map<Ask, Outcome<unknown>>> {
    const client = await this.connection.get();
    const lines: NewLine[] = [];
    const transaction: Transaction = {
      async query(sql, values) {
        together(client);
        return (await client.query<Row>({ name: nameOf(sql), text: sql, values })).rows;
      },
      journal: ({ actor, action, subject, detail }, now) => lines.push({ actor, action, subject, detail, now }),
      lines: (subject) => lines.filter((line) => line.subject === subject),
      instance: this.instance,
    };
    try {
      // sent together with the statements that follow; what goes wrong shows in them
      together(client);
      client.query('BEGIN').catch(() => undefined);
      const outcomes = await this.apply(transaction, group);
      const ends: Promise<unknown>[] = lines.length > 0 ? await appendLines(transaction, lines) : [];
      await allDone([...ends, client.query('COMMIT')]);
      if (lines.length > 0) this.onLines();
      return outcomes;
    } catch (error) {
      this.connection.check(client, error);
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async apply(transaction: Transaction, group: Ask[]): Promise<Map<Ask, Outcome<unknown>>> {
    const outcomes = new Map<Ask, Outcome<unknown>>();
    const kinds = Map.groupBy(group, (ask) => ask.kind.name);
    const singles = kinds.get(singleName) ?? [];
    kinds.delete(singleName);
    const apply = async (kind: Ask['kind'], asks: Ask[]) => {
      const inputs = asks.map((ask) => ask.input);
      const results = await kind.apply(transaction, inputs);
      for (const [index, ask] of asks.entries()) outcomes.set(ask, results[index] as Outcome<unknown>);
    };
    // sent without waiting for one another: the connection keeps their order
    await allDone([...kinds.values()].map((asks) => apply((asks[0] as Ask).kind, asks)));
    for (const ask of singles) await apply(ask.kind, [ask]);
    return outcomes;
  }
}

/** Waits for all, then throws the error that made the others fail, if there is one. */
async function allDone(work: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(work))
    .filter((result) => result.status === 'rejected')
    .map((result) => result.reason as unknown);
  if (failed.length > 0) throw failed.find((error) => (error as { code?: string }).code !== '25P02') ?? failed[0];
}

/** Data that cannot be stored, a constraint (class 23), or our own code: the other writes of the group must not suffer. */
function concernsOne(error: unknown): boolean {
  const { code } = error as { code?: string };
  return storeRefusal(error) !== undefined || error instanceof TypeError || (typeof code === 'string' && code.startsWith('23'));
}

const names = new Map<string, string>();

/** Each statement is prepared once in a connection. */
function nameOf(sql: string): string {
  let name = names.get(sql);
  if (!name) {
    name = `psc${names.size + 1}`;
    names.set(sql, name);
  }
  return name;
}
