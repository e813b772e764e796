/** What the runtime tells open editors (`runtime/activity.ts`): which nodes hold how many messages of runs. */
export interface Activity {
  nodes: Record<string, number>;
}

export function activityIn(data: unknown): Activity {
  const nodes = typeof data === 'object' && data !== null ? (data as { nodes?: unknown }).nodes : undefined;
  if (typeof nodes !== 'object' || nodes === null) return { nodes: {} };
  return {
    nodes: Object.fromEntries(
      Object.entries(nodes).filter((entry): entry is [string, number] => typeof entry[1] === 'number' && entry[1] > 0),
    ),
  };
}
