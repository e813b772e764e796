/** What stands between the parts of a joined key. */
export type Joint = '/' | '@' | '#';

const marks: Record<Joint, string> = { '/': '%2F', '@': '%40', '#': '%23' };
const joints = Object.keys(marks) as Joint[];

/**
 * A code as one part of a joined key: a joint inside it is kept as its mark, and a `%` that could be mistaken for the beginning of a mark as `%25`.
 * Every other code is kept as it is, so that the keys of plain codes read as they always did: `P1` → `P1`, `C123/1` → `C123%2F1`.
 */
export function keyPart(code: string, among: readonly Joint[] = ['/']): string {
  const mistaken = ['25', ...among.map((joint) => marks[joint].slice(1))].join('|');
  const signs = new RegExp(`%(?=${mistaken})|[${among.join('')}]`, 'g');
  return code.replace(signs, (sign) => (sign === '%' ? '%25' : marks[sign as Joint]));
}

/** The code that `keyPart` made a part of. */
export function codeOfPart(part: string, among: readonly Joint[] = ['/']): string {
  const known = joints.filter((joint) => among.includes(joint)).map((joint) => marks[joint]);
  return part.replace(new RegExp(['%25', ...known].join('|'), 'g'), (mark) =>
    mark === '%25' ? '%' : (joints.find((joint) => marks[joint] === mark) ?? mark),
  );
}

/** One key of several codes; two different lists of codes never make the same key. `['ENG-0001', 'P1', 'T1']` → `ENG-0001/P1/T1`. */
export function joinedKey(joint: Joint, codes: readonly string[]): string {
  return codes.map((code) => keyPart(code, [joint])).join(joint);
}
