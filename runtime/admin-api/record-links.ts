import { systems } from '../../connectors/systems.ts';
import { connectionDeclaration } from '../../connectors/connection-declaration.ts';
import type { Effect } from '../../engine/store/effects.ts';
import { isObject } from '../../model/json.ts';
import { connectionValues } from '../connection-values.ts';
import { liveConnections } from '../live-connections.ts';
import type { Pack } from '../pack.ts';
import { eachConfig } from '../places.ts';

/** The same writes, each with the page on which its system shows the record, where that is known. */
export function withLinks(pack: Pack, effects: readonly Effect[]): (Effect & { link?: string })[] {
  const used = new Map<string, Record<string, unknown>>();
  eachConfig(pack.RED, (config) => used.set((config as { id: string }).id, config as Record<string, unknown>));
  return effects.map((effect) => {
    const link = linkOf(effect, used.get(effect.node));
    return link === undefined ? effect : { ...effect, link };
  });
}

function linkOf({ system, business, result }: Effect, config: Record<string, unknown> | undefined): string | undefined {
  const id = isObject(result) ? result['id'] : undefined;
  const { recordAddress } = systems.find(({ name }) => name === system) ?? {};
  if (!recordAddress || !config || (typeof id !== 'string' && typeof id !== 'number')) return undefined;
  // the connection that the node has now: of one that it had before nothing is known
  const connection = Object.values(config)
    .flatMap((value) => (typeof value === 'string' ? (liveConnections.get(value) ?? []) : []))
    .find((live) => live.system === system);
  if (!connection) return undefined;
  return recordAddress(connectionValues(connectionDeclaration(), connection.deployed, process.env), { key: business, id: String(id) });
}
