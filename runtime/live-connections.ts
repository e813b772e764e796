import type { Circuit } from '../connectors/http/circuit.ts';
import type { OperationId, SystemArea } from '../declarations/operations.ts';
import type { Pace } from '../engine/pace.ts';
import type { Connector } from '../model/operations.ts';

/** A live connection node, for the console's health view. */
export interface LiveConnection {
  id: string;
  name: string;
  type: string;
  /** all that its system is for the firm */
  areas: readonly SystemArea[];
  /** what its system does */
  does: readonly OperationId[];
  system: string;
  connector(): Connector;
  circuit: Circuit;
  pace: Pace;
  /** its fields as deployed, credentials among them: never answered, nor logged */
  deployed: Readonly<Record<string, unknown>>;
}

export const liveConnections = new Map<string, LiveConnection>();
