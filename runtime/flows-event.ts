/** What Node-RED tells of flows that stop or have started. */
export interface FlowsEvent {
  config?: { flows?: Record<string, unknown>[] };
  type?: string;
  diff?: { changed?: string[]; removed?: string[]; rewired?: string[]; linked?: string[] } | null;
}

/** The nodes that a deploy replaces or removes; undefined = all. */
export function nodesReplacedBy({ type, diff }: FlowsEvent): ReadonlySet<string> | undefined {
  if (type !== 'nodes' || !diff) return undefined;
  return new Set([...(diff.changed ?? []), ...(diff.removed ?? []), ...(diff.rewired ?? []), ...(diff.linked ?? [])]);
}
