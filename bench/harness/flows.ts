import type { FlowNode } from './node-red.ts';
import { environment } from './signed-event.ts';

/** The flows that are measured; where there is a peer, each is the same flow in plain Node-RED. */

/** `http in` → `http response`: the least that plain Node-RED can do with a request. Nothing is stored. */
export const plainIngest: FlowNode[] = [
  { id: 'in', z: 'tab', type: 'http in', url: '/events', method: 'post', wires: [['out']] },
  { id: 'out', z: 'tab', type: 'http response', statusCode: '202', wires: [] },
];

/** The pack's own **event in**, signed as it is set up from the palette. */
const eventIn = (next: string): FlowNode => ({
  id: 'source',
  z: 'tab',
  type: 'business-event-in',
  path: 'events',
  signature: 'standard-webhooks',
  environment,
  key: 'subject',
  keyType: 'jsonata',
  maxKilobytes: 1024,
  wires: [[next]],
});
const passOn: FlowNode = { id: 'pass', z: 'tab', type: 'function', func: 'return msg;', outputs: 1, wires: [[]] };

/** Each event is stored, acknowledged and then delivered to a function node. */
export const durableIngest: FlowNode[] = [eventIn('pass'), passOn];

/** The same, with a node at the end that counts what has come through. */
export const countedIngest: FlowNode[] = [
  eventIn('pass'),
  { ...passOn, wires: [['count']] },
  { id: 'count', z: 'tab', type: 'bench-count', wires: [] },
];

/** Each event is stored and acknowledged; the flow behind it stands still, so that none is delivered but the first few. */
export const storedIngest: FlowNode[] = [
  eventIn('stand'),
  { id: 'stand', z: 'tab', type: 'delay', pauseType: 'delay', timeout: '1', timeoutUnits: 'hours', wires: [[]] },
];

const between = (first: FlowNode, effects: FlowNode[], last: FlowNode[]): FlowNode[] => [first, ...effects, ...last];
const httpIn: FlowNode = { id: 'in', z: 'tab', type: 'http in', url: '/run', method: 'post', wires: [['effect1']] };
const httpResponse: FlowNode = { id: 'out', z: 'tab', type: 'http response', statusCode: '200', wires: [] };

/** `http in` → three `http request` → `http response`, connections kept alive. */
export function plainThreeEffects(url: string): FlowNode[] {
  const effect = (place: number) => ({
    id: `effect${place}`,
    z: 'tab',
    type: 'http request',
    method: 'POST',
    ret: 'obj',
    paytoqs: 'ignore',
    url: `${url}/entries`,
    persist: true,
    senderr: false,
    headers: [],
    wires: [[place === 3 ? 'out' : `effect${place + 1}`]],
  });
  return between(httpIn, [1, 2, 3].map(effect), [httpResponse]);
}

/** The same with three nodes of the pack: each message becomes a run, each request an effect. */
export function durableThreeEffects(url: string): FlowNode[] {
  const effect = (place: number) => ({
    id: `effect${place}`,
    z: 'tab',
    type: 'bench-effect',
    url,
    wires: [[place === 3 ? 'out' : `effect${place + 1}`]],
  });
  return between(httpIn, [1, 2, 3].map(effect), [httpResponse]);
}

/** An event becomes a run with one effect that costs nothing: what remains is the pack's own work. */
export const oneEmptyEffect: FlowNode[] = [
  eventIn('effect1'),
  { id: 'effect1', z: 'tab', type: 'bench-effect', wires: [['pass']] },
  passOn,
];

/** An event becomes a run with one write to a system. */
export const slowEffect = (url: string): FlowNode[] => [
  eventIn('effect1'),
  { id: 'effect1', z: 'tab', type: 'bench-effect', url, wires: [[]] },
];

/** A ring of ten function nodes through which the pump sends; `tracked` puts **event in** before it. */
export function tenFunctions(tracked: boolean): FlowNode[] {
  const names = Array.from({ length: 10 }, (_, place) => `function${place + 1}`);
  return [
    ...(tracked ? [eventIn('pump')] : []),
    { id: 'pump', z: 'tab', type: 'bench-pump', wires: [['function1']] },
    ...names.map((id, place) => ({
      id,
      z: 'tab',
      type: 'function',
      func: 'return msg;',
      outputs: 1,
      wires: [[names[place + 1] ?? 'pump']],
    })),
  ];
}
