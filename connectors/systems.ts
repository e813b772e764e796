import type { SystemDeclaration } from '../declarations/system.ts';
import { eventReceiver } from './event-receiver/declaration.ts';
import { kantata } from './kantata/declaration.ts';
import { netsuite } from './netsuite/declaration.ts';
import { salesforce } from './salesforce/declaration.ts';

/** The systems. Adding one is one line here, one folder beside this file and one in the sandbox. */
export const systems: readonly SystemDeclaration[] = [salesforce, netsuite, kantata, eventReceiver];
