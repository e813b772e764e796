import { connections, type Letter, node, noDifferences, type Stream, webhook } from './stream.ts';

const tab = 'told';
const subjectOf = (n: number) => `chaos:t${n}`;
/** Every fourth is told a second time, with what has changed since. */
const versionsOf = (n: number) => (n % 4 === 3 ? [1, 2] : [1]);

/** What comes by webhook is told to another system: each once, and what is told of one thing in its order. */
export function toldEventStream(): Stream {
  const happened: number[] = [];
  const receiver = {
    ...{ id: 'receiver', type: 'system-connection', name: 'Receiver', system: 'event-receiver', eventReceiverEnvironment: 'RECEIVER' },
    eventReceiverSignature: 'standard-webhooks',
  };
  return {
    name: 'told events',
    flows: [
      ...connections,
      receiver,
      { id: tab, type: 'tab', label: tab },
      webhook(tab, 'tell', 'patient'),
      node(tab, 'tell', 'business-event-out', [[]], {
        ...{ connection: 'receiver', policy: 'patient', eventType: 'com.psconnect.told', eventSource: '/chaos/told' },
        ...{ subject: 'payload.id', subjectType: 'jsonata', data: 'payload', dataType: 'msg', eventId: '', eventIdType: 'jsonata' },
      }),
    ],
    prepare: () => undefined,
    happen(_sandbox, n) {
      happened.push(n);
      return versionsOf(n).map((version): Letter => ({
        ...{ path: `events/${tab}`, id: `${subjectOf(n)}:${version}`, subject: subjectOf(n), data: { id: subjectOf(n), version } },
      }));
    },
    expected: () => ({ dead: 0, undone: 0 }),
    differences({ 'event-receiver': { state } }) {
      const found = noDifferences();
      const told = Map.groupBy(
        Object.values(state.events).filter(({ source }) => source === '/chaos/told'),
        ({ subject = '' }) => subject,
      );
      for (const n of happened) {
        const versions = (told.get(subjectOf(n)) ?? []).map(({ data }) => (data as { version: number }).version);
        const wanted = versionsOf(n);
        const line = `${subjectOf(n)}: ${versions.join()} was told instead of ${wanted.join()}`;
        if (versions.length > wanted.length) found.duplicated.push(line);
        else if (versions.join() !== wanted.join()) found.lost.push(line);
      }
      return found;
    },
  };
}
