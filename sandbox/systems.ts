import { eventReceiver } from './event-receiver/definition.ts';
import { kantata } from './kantata/definition.ts';
import { netsuite } from './netsuite/definition.ts';
import { salesforce } from './salesforce/definition.ts';
import type { SystemDefinition } from './simulator.ts';

/** The simulated systems, in the order of their ports. Adding one is one line here, its name, and one folder beside this file. */
export const systems = {
  salesforce,
  netsuite,
  kantata,
  'event-receiver': eventReceiver,
};

export type SystemName = keyof typeof systems;

/** The same for whoever goes through all of them. */
export const listedSystems = Object.entries(systems) as readonly [SystemName, SystemDefinition<unknown>][];
