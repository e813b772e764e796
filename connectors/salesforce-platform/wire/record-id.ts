/** Letter case of each 5 characters, as one of these: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm (ID Field Type) */
const suffixes = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** A record id in its 18-character form, which is safe to compare without regard to case. */
export function longId(id: string): string {
  if (!/^[A-Za-z0-9]{15}$/.test(id)) return id;
  const suffix = [0, 5, 10].map((from) => {
    const bits = [...id.slice(from, from + 5)].reduce((sum, letter, at) => sum + (/[A-Z]/.test(letter) ? 1 << at : 0), 0);
    return suffixes[bits];
  });
  return id + suffix.join('');
}

export function sameId(left: string, right: string): boolean {
  return longId(left) === longId(right);
}
