import type { NodeAPI } from 'node-red';
import { boundedText } from '../model/bounded-text.ts';
import { lineOf } from './log-line.ts';

const longestName = 80;

export interface Place {
  /** the label or name that it was given, else its type */
  name: string;
  /** id of its tab; a tab is in itself */
  flow: string;
}

/** Nodes and tabs by id, as they are deployed; none while Node-RED has not read its flows yet. */
export function placesOf(RED: NodeAPI): Map<string, Place> {
  const places = new Map<string, Place>();
  eachConfig(RED, (node) => {
    const { id, z = id, type, name, label } = node as { id: string; z?: string; type: string; name?: string; label?: string };
    places.set(id, { name: boundedText(lineOf(String(label || name || type)), longestName), flow: z });
  });
  return places;
}

/** Visits the configuration of each node that is deployed; of none while Node-RED has not read its flows yet. */
export function eachConfig(RED: NodeAPI, visit: (config: object) => void): void {
  try {
    RED.nodes.eachNode(visit);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error; // it looks into flows that are `null` until then (runtime, flows/index.js, eachNode)
  }
}
