import type { NodeAPI } from 'node-red';
import type { ActiveRun } from '../engine/active-run.ts';
import type { Engine } from '../engine/engine.ts';
import { Failure } from '../model/failure.ts';
import type { RunTracking } from './run-tracking.ts';

/** Core nodes that keep messages until others have come, and forget them when they are told to (17-split.js, 19-batch.js: `msg.reset`). */
const collecting: ReadonlySet<string> = new Set(['join', 'batch']);

/**
 * Empties the nodes that still hold messages of a delivery which is over: they would leave together with those of the next
 * one. Other runs that have messages there lose them too, and are delivered again.
 */
export function emptyCollectingNodes(RED: NodeAPI, engine: Engine, tracking: RunTracking, failed: (failure: Failure) => void): void {
  const emptying = new Set<string>();

  const empty = async (id: string) => {
    if (emptying.has(id)) return;
    emptying.add(id);
    try {
      await engine.release((active) => !active.over && active.at().includes(id));
      tracking.outside(() => RED.nodes.getNode(id)?.receive({ reset: true }));
    } finally {
      emptying.delete(id);
    }
  };

  engine.on('cutShort', (active: ActiveRun) => {
    for (const id of active.at()) {
      if (!collecting.has(RED.nodes.getNode(id)?.type ?? '')) continue;
      empty(id).catch((error) => failed(Failure.from(error)));
    }
  });
}
