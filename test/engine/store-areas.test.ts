import 'should';
import should from 'should';
import { PostgresStore } from '../../engine/postgres/postgres-store.ts';
import { secretFreeStore } from '../../engine/secret-free-store.ts';
import { SqliteStore } from '../../engine/sqlite/sqlite-store.ts';
import { composed } from '../../engine/store/composed.ts';
import { type Store, storeCalls } from '../../engine/store.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { MemoryStore } from '../model-check/memory-store.ts';

const calls = Object.entries(storeCalls) as [keyof Store, 'keeps' | 'asks'][];

describe('The areas of a store', () => {
  class Shared {
    count = 0;
  }
  abstract class Counting extends Shared {
    add() {
      return ++this.count;
    }
  }

  it('work on what they share', () => {
    abstract class Reading extends Shared {
      get shown() {
        return `${this.count} so far`;
      }
    }
    const Whole = composed(Shared, Counting, Reading);
    const [one, other] = [new Whole(), new Whole()];
    one.add();
    [one.shown, other.shown].should.deepEqual(['1 so far', '0 so far']);
  });

  it('have each method once: two of one name are refused when the store is loaded', () => {
    abstract class AddsToo extends Shared {
      add() {
        return 0;
      }
    }
    should(() => composed(Shared, Counting, AddsToo)).throw(/name add/);
  });

  it('are together what each store can be asked, no less', () => {
    for (const store of [MemoryStore, SqliteStore, PostgresStore])
      calls.filter(([name]) => typeof store.prototype[name] !== 'function').should.deepEqual([]);
  });
});

describe('A store into which no secret gets', () => {
  it('cleans what is handed over to each call that keeps it, and hands the rest on as it came', () => {
    const secret = 'a-secret-of-the-crm-4711';
    const forget = knownSecrets.learn(secret);
    const given = { events: [{ reason: `the key is ${secret}` }] };
    let taken: unknown;
    const store = Object.fromEntries(calls.map(([name]) => [name, (value: unknown) => (taken = value)])) as unknown as Store;
    const free = secretFreeStore(store) as unknown as Record<string, (value: unknown) => unknown>;
    for (const [name, kind] of calls) {
      free[name]!(given);
      JSON.stringify(taken)
        .includes(secret)
        .should.equal(kind === 'asks', name);
      if (kind === 'asks') should(taken).equal(given);
    }
    forget();
  });

  it('takes no secret from a person who decides, acts on a run, or accepts a journal', () => {
    const acts = ['replay', 'discard', 'cancel', 'compensate', 'decideApproval', 'settleEffect', 'acceptJournal', 'note'] as const;
    acts.filter((name) => storeCalls[name] !== 'keeps').should.deepEqual([]);
  });
});
