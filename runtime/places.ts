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

/** Nodes and tabs by id, as they are deployed. */
export function placesOf(RED: NodeAPI): Map<string, Place> {
  const places = new Map<string, Place>();
  RED.nodes.eachNode((node) => {
    const { id, z = id, type, name, label } = node as { id: string; z?: string; type: string; name?: string; label?: string };
    places.set(id, { name: boundedText(lineOf(label || name || type), longestName), flow: z });
  });
  return places;
}
