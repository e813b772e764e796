import { setImmediate as turn } from 'node:timers/promises';
import { knownSecrets } from '../model/known-secrets.ts';
import { type Store, storeCalls } from './store.ts';

/** Keys are cleaned alike wherever they are given, so that they fit each other. */
const keeps = (name: PropertyKey) => Object.hasOwn(storeCalls, name) && storeCalls[name as keyof Store] === 'keeps';

/**
 * The store, into which no known secret gets: whatever the engine, a node or a person hands over to be kept is cleaned at this one edge. With no
 * secret in it, which is how it nearly always is, it is handed on as it came.
 */
export function secretFreeStore<S extends Store>(store: S): S {
  const made = new Map<PropertyKey, { of: Call; call: Call }>();
  return new Proxy(store, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name, target);
      if (typeof member !== 'function') return member;
      const known = made.get(name);
      if (known?.of === member) return known.call;
      const call = cleaning(target, name, member as Call);
      made.set(name, { of: member as Call, call });
      return call;
    },
  });
}

type Call = (...values: unknown[]) => unknown;

function cleaning(store: Store, name: PropertyKey, call: Call): Call {
  if (name === 'accept') return (input) => accept(store, input as Accept);
  if (!keeps(name)) return call.bind(store);
  return (...values) =>
    call.apply(
      store,
      values.map((value) => knownSecrets.withoutIn(value)),
    );
}

type Accept = Parameters<Store['accept']>[0];

/** So many events are looked through at once: some milliseconds. */
const atOnce = 500;

function accept(store: Store, input: Accept): ReturnType<Store['accept']> {
  return input.events.length <= atOnce ? store.accept(knownSecrets.withoutIn(input)) : acceptMany(store, input);
}

/** Very many events must not hold up whoever else wants a turn. */
async function acceptMany(store: Store, { events, ...input }: Accept): ReturnType<Store['accept']> {
  const clean: Accept['events'] = [];
  for (let from = 0; from < events.length; from += atOnce) {
    clean.push(...knownSecrets.withoutIn(events.slice(from, from + atOnce)));
    await turn();
  }
  return store.accept({ ...knownSecrets.withoutIn(input), events: clean });
}
