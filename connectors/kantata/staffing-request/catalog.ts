import { Failure } from '../../../model/failure.ts';
import { foldedName } from '../../../model/folded-name.ts';
import type { KantataApi } from '../wire.ts';
import { idOf, text } from '../wire/envelope.ts';

interface Kind {
  collection: 'roles' | 'skills';
  what: string;
  code: string;
  /** where it is found in the canonical staffing demand */
  field: string;
}

const kinds = {
  role: { collection: 'roles', what: 'role', code: 'ROLE_UNKNOWN', field: 'role' },
  skill: { collection: 'skills', what: 'skill', code: 'SKILL_UNKNOWN', field: 'skills' },
} satisfies Record<string, Kind>;

/** The account's roles and skills by name, read once per operation call. */
export class Catalog {
  private readonly api: KantataApi;
  private readonly signal: AbortSignal | undefined;
  private readonly names = new Map<string, Promise<Map<string, { id: string; name: string }>>>();

  constructor(api: KantataApi, signal?: AbortSignal) {
    this.api = api;
    this.signal = signal;
  }

  role(name: string, record: string): Promise<string> {
    return this.id(kinds.role, name, record);
  }

  skill(name: string, record: string): Promise<string> {
    return this.id(kinds.skill, name, record);
  }

  private async id(kind: Kind, name: string, record: string): Promise<string> {
    let names = this.names.get(kind.collection);
    if (!names) {
      names = this.read(kind);
      this.names.set(kind.collection, names);
    }
    const known = await names;
    const found = known.get(foldedName(name));
    if (found) return found.id;
    throw new Failure({
      class: 'mapping.missing',
      code: kind.code,
      message: `Kantata has no ${kind.what} "${name}". It knows: ${listed([...known.values()].map((entry) => entry.name))}.`,
      system: 'kantata',
      record,
      field: kind.field,
      value: name,
      remedy: `Create the ${kind.what} in Kantata, or translate "${name}" to one it knows in the mapping.`,
    });
  }

  private async read(kind: Kind): Promise<Map<string, { id: string; name: string }>> {
    const names = new Map<string, { id: string; name: string }>();
    for await (const envelope of this.api.pages(kind.collection, {}, this.signal)) {
      for (const row of envelope.results) {
        const name = text(row, 'name');
        // a deleted role is still listed, with the time of its deletion
        if (name && !text(row, 'deleted_at') && !names.has(foldedName(name)))
          names.set(foldedName(name), { id: idOf(row, kind.what), name });
      }
    }
    return names;
  }
}

function listed(names: string[], most = 20): string {
  if (names.length === 0) return 'none';
  const sorted = names.toSorted((left, right) => left.localeCompare(right, 'en'));
  return sorted.length > most ? `${sorted.slice(0, most).join(', ')} and ${sorted.length - most} more` : sorted.join(', ');
}
