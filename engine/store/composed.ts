/** A class that stands on what all areas of a store share. It has methods only: what it keeps, it keeps there. */
type Area<Shared> = abstract new (...given: never[]) => Shared;

type Together<Areas> = Areas extends [abstract new (...given: never[]) => infer First, ...infer Others]
  ? First & Together<Others>
  : unknown;

/** The class of a store: what its areas share, with the methods of each. No two areas may have one of the same name. */
export function composed<Shared extends object, Given extends unknown[], Areas extends Area<Shared>[]>(
  shared: new (...given: Given) => Shared,
  ...areas: Areas
): new (...given: Given) => Shared & Together<Areas> {
  const Whole = class extends (shared as unknown as new (...given: unknown[]) => object) {};
  for (const area of areas) {
    for (const [name, method] of Object.entries(Object.getOwnPropertyDescriptors(area.prototype as object))) {
      if (name === 'constructor') continue;
      if (name in Whole.prototype) throw new TypeError(`Two parts of a store have a method of the name ${name}.`);
      Object.defineProperty(Whole.prototype, name, method);
    }
  }
  return Whole as unknown as new (...given: Given) => Shared & Together<Areas>;
}
