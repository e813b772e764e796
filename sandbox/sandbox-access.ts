import type { SystemAccess } from './system-access.ts';
import type { SystemName } from './systems.ts';

/** Where the simulators are and what lets one in: the JSON line that the sandbox prints. */
export type SandboxAccess = Record<SystemName, SystemAccess> & {
  /** what the firm was generated from; absent in an empty sandbox */
  firm?: { seed: number; date: string };
};
