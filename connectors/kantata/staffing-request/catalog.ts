import { Failure } from '../../../model/failure.ts';
import type { Param, Words } from '../../../model/failure-sentence.ts';
import { type FailureText, inWords, phrase } from '../../../model/failure-words.ts';
import { foldedName } from '../../../model/folded-name.ts';
import { nameTwice } from '../records/name-twice.ts';
import type { KantataApi } from '../wire.ts';
import { idOf, type Row, text } from '../wire/envelope.ts';

interface Kind {
  collection: 'roles' | 'skills' | 'organizations';
  /** that there is none of this name, and which there are */
  unknown(name: string, known: Param): FailureText;
  /** where it is found in the canonical staffing demand */
  field: string;
  /** of a collection that holds other things, too */
  is?(row: Row): boolean;
}

const kinds = {
  role: { collection: 'roles', unknown: (name, known) => inWords('ROLE_UNKNOWN', { name, known }), field: 'role' },
  skill: { collection: 'skills', unknown: (name, known) => inWords('SKILL_UNKNOWN', { name, known }), field: 'skills' },
  // departments are organizations, too; what does not say its type may be either
  region: {
    collection: 'organizations',
    unknown: (name, known) => inWords('REGION_UNKNOWN', { name, known }),
    field: 'region',
    is: (row) => /^geograph/i.test(text(row, 'type') ?? 'geography'),
  },
} satisfies Record<string, Kind>;

interface Named {
  id: string;
  name: string;
}

/** The account's roles, skills and regions by name, read once per operation call. Of several that are called alike none is chosen. */
export class Catalog {
  private readonly api: KantataApi;
  private readonly signal: AbortSignal | undefined;
  private readonly names = new Map<string, Promise<Map<string, Named[]>>>();

  constructor(api: KantataApi, signal?: AbortSignal) {
    this.api = api;
    this.signal = signal;
  }

  role(name: string, record: Words): Promise<string> {
    return this.id(kinds.role, name, record);
  }

  skill(name: string, record: Words): Promise<string> {
    return this.id(kinds.skill, name, record);
  }

  region(name: string, record: Words): Promise<string> {
    return this.id(kinds.region, name, record);
  }

  private async id(kind: Kind, name: string, record: Words): Promise<string> {
    let names = this.names.get(kind.collection);
    if (!names) {
      names = this.read(kind);
      this.names.set(kind.collection, names);
    }
    const known = await names;
    const alike = known.get(foldedName(name)) ?? [];
    const named = alike.length > 1 ? alike.filter((one) => one.name === name.trim()) : alike;
    if (named.length === 1) return named[0]!.id;
    const about = { record, field: kind.field };
    if (alike.length > 1) throw nameTwice({ name, collection: kind.collection, ids: alike.map(({ id }) => id) }, about);
    const all = [...known.values()].flat().map((entry) => entry.name);
    throw new Failure({ class: 'mapping.missing', ...kind.unknown(name, listed(all)), system: 'kantata', value: name, ...about });
  }

  private async read(kind: Kind): Promise<Map<string, Named[]>> {
    const names = new Map<string, Named[]>();
    for await (const envelope of this.api.pages(kind.collection, {}, this.signal)) {
      for (const row of envelope.results) {
        const name = text(row, 'name');
        // a deleted role is still listed, with the time of its deletion
        if (kind.is?.(row) === false) continue;
        if (!name || text(row, 'deleted_at')) continue;
        const folded = foldedName(name);
        names.set(folded, [...(names.get(folded) ?? []), { id: idOf(row, kind.collection), name }]);
      }
    }
    return names;
  }
}

function listed(names: string[], most = 20): Param {
  if (names.length === 0) return phrase('KANTATA.knows-none');
  const sorted = names.toSorted((left, right) => left.localeCompare(right, 'en'));
  const shown = { join: 'LIST_COMMA', parts: sorted.slice(0, most) };
  return sorted.length > most ? phrase('KANTATA.knows-more', { names: shown, more: sorted.length - most }) : shown;
}
