import type { Store } from '../../engine/store.ts';
import { Failure } from '../../model/failure.ts';
import type { Steps } from './steps.ts';
import type { StoreObserver } from './world.ts';

/** Each call waits until the scheduler lets it happen; then it happens at once, as the transaction it is. */
export function gatedStore(
  store: Store,
  steps: Steps,
  owner: number,
  observer: StoreObserver,
  options: { canFail: boolean; answersLater: boolean },
): Store {
  const { canFail, answersLater } = options;
  return new Proxy(store, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name);
      if (typeof method !== 'function') return method;
      return (...parts: unknown[]) =>
        new Promise((resolve, reject) => {
          const label = `${String(name)} ${labelOf(parts)}`;
          const call = () => {
            const answer = (method as (...parts: unknown[]) => Promise<unknown>).apply(target, parts);
            answer.then(
              (value) => observer.answered(label, value),
              () => observer.answered(label, 'refused'),
            );
            if (!answersLater) {
              answer.then(resolve, reject);
              return;
            }
            // between the commit and its answer a process may be frozen
            const heard = (then: () => void) => steps.add(owner, `answer to ${label}`, [{ name: 'heard', take: then }]);
            answer.then(
              (value) => heard(() => resolve(value)),
              (error) => heard(() => reject(error)),
            );
          };
          const fail = () => reject(new Failure({ class: 'transient.unavailable', code: 'STORE_FULL', message: 'The disk is full.' }));
          steps.add(owner, label, [{ name: 'ok', take: call }, ...(canFail ? [{ name: 'disk full', cost: 1, take: fail }] : [])]);
        });
    },
  });
}

/** What tells one call from another, without the clock: run, token, effect. */
function labelOf(parts: unknown[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if (typeof part === 'number') return part < 1_000_000 ? String(part) : '';
      if (!part || typeof part !== 'object') return '';
      const known = part as {
        business?: string;
        run?: string;
        status?: string;
        failure?: { code?: string };
        found?: boolean;
        events?: { id: string }[];
      };
      const { business, run, status, failure, found, events } = known;
      return [run, business, status, failure?.code, found && 'found', ...(events ?? []).map(({ id }) => id)].filter(Boolean).join(' ');
    })
    .filter(Boolean)
    .join(' ');
}
