import type { Store } from '../../engine/store.ts';
import { Failure } from '../../model/failure.ts';
import { answerText, labelOf, timesIn } from './call-text.ts';
import type { StoreObserver } from './store-place.ts';
import type { Steps } from './steps.ts';

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
          const label = labelOf(String(name), parts, observer.nameOf);
          const times = timesIn(parts);
          const made = { name: String(name), parts, label };
          const call = () => {
            const answer = (method as (...parts: unknown[]) => Promise<unknown>).apply(target, parts);
            answer.then(
              (value) => observer.answered(made, value),
              () => observer.answered(made, 'refused'),
            );
            if (!answersLater) {
              answer.then(resolve, reject);
              return;
            }
            // between the commit and its answer a process may be frozen
            const heard = (value: unknown, then: () => void) => {
              const { text, times } = answerText(value, observer.nameOf);
              steps.add(owner, `answer to ${label}: ${text}`, [{ name: 'heard', take: then }], times);
            };
            answer.then(
              (value) => heard(value, () => resolve(value)),
              (error) => heard('refused', () => reject(error)),
            );
          };
          const fail = () => {
            observer.answered(made, 'refused');
            reject(new Failure({ class: 'transient.unavailable', code: 'STORE_FULL', message: 'The disk is full.' }));
          };
          steps.add(owner, label, [{ name: 'ok', take: call }, ...(canFail ? [{ name: 'disk full', cost: 1, take: fail }] : [])], times);
        });
    },
  });
}
