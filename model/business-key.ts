/** What stands between the parts of a joined key. */
export type Joint = '/' | '@' | '#';

const marks: Record<Joint, string> = { '/': '%2F', '@': '%40', '#': '%23' };
const joints = Object.keys(marks) as Joint[];

/**
 * A code as one part of a joined key: a joint inside it is kept as its mark, and a `%` that could be mistaken for the beginning of a mark as `%25`.
 * Every other code is kept as it is, so that the keys of plain codes read as they always did: `P1` → `P1`, `C123/1` → `C123%2F1`.
 */
export function keyPart(code: string, among: readonly Joint[] = ['/']): string {
  const kept = code.replace(/%(?=(25|2F|40|23))/g, (sign, mark: string) => (meant(`%${mark}`, among) ? '%25' : sign));
  return kept.replace(/[/@#]/g, (sign) => (among.includes(sign as Joint) ? marks[sign as Joint] : sign));
}

/** The code that `keyPart` made a part of. */
export function codeOfPart(part: string, among: readonly Joint[] = ['/']): string {
  return part.replace(/%(?:25|2F|40|23)/g, (mark) => {
    if (!meant(mark, among)) return mark;
    return joints.find((joint) => marks[joint] === mark) ?? '%';
  });
}

/** One key of several codes; two different lists of codes never make the same key. `['ENG-0001', 'P1', 'T1']` → `ENG-0001/P1/T1`. */
export function joinedKey(joint: Joint, codes: readonly string[]): string {
  return codes.map((code) => keyPart(code, [joint])).join(joint);
}

/** Whether a mark stands for something where these joints are spelt. */
function meant(mark: string, among: readonly Joint[]): boolean {
  return mark === '%25' || among.some((joint) => marks[joint] === mark);
}
