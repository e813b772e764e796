/**
 * A regular expression of JavaScript (flags i, m, g) in the words of RE2, so that it finds the same. Undefined where the two differ
 * and nothing can be done about it: look-around, references back, groups that a repetition may leave out (RE2 remembers what an
 * earlier turn found), `^` and `$` at lines' ends with the flag m, and characters outside the basic plane in the pattern.
 */
export function linearPattern({ source, multiline }: RegExp): LinearPattern | undefined {
  if (/[\ud800-\udfff]/.test(source)) return undefined;
  try {
    return new Translation(source, multiline).pattern();
  } catch (error) {
    if (error instanceof Different) return undefined;
    throw error;
  }
}

class Different extends Error {}

export interface LinearPattern {
  text: string;
  /** characters that it has when its repetitions are written out: what RE2 does at each place of a text at the most */
  size: number;
}

interface Part extends LinearPattern {
  /** can be found where nothing is */
  empty: boolean;
  /** has groups that are remembered */
  captures: boolean;
  /** some of which a turn of a repetition may leave out: JavaScript forgets what an earlier turn found, RE2 keeps it */
  skips: boolean;
}

/** JavaScript's `\s`. */
const space = '\\t\\n\\v\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}';
const control: Record<string, string> = { n: '\\n', r: '\\r', t: '\\t', f: '\\f', v: '\\v', '0': '\\x{0}' };
const mostRepetitions = 1_000;

class Translation {
  private readonly source: string;
  private readonly multiline: boolean;
  private at = 0;

  constructor(source: string, multiline: boolean) {
    this.source = source;
    this.multiline = multiline;
  }

  pattern(): LinearPattern {
    return this.alternatives();
  }

  /** Up to the bracket that closes, or the end. */
  private alternatives(): Part {
    let text = '';
    let captures = false;
    let skips = false;
    let several = false;
    let empty = false;
    let emptySoFar = true;
    let size = 0;
    while (this.at < this.source.length && this.source[this.at] !== ')') {
      const atom = this.atom();
      const { text: repetition, most } = this.repetition();
      if (/^[*+{]/.test(repetition) && atom.captures && (atom.skips || atom.empty)) throw new Different();
      const optional = /^(?:[*?]|\{0)/.test(repetition);
      captures ||= atom.captures;
      skips ||= atom.skips || (atom.captures && optional);
      if (atom.text === '|') {
        several = true;
        empty ||= emptySoFar;
        emptySoFar = true;
      } else emptySoFar &&= atom.empty || optional;
      size += atom.size * most;
      text += atom.text + repetition;
    }
    return { text, size, empty: empty || emptySoFar, captures, skips: skips || (several && captures) };
  }

  private atom(): Part {
    const character = this.source[this.at]!;
    const plain = (text: string, empty = false): Part => ({ text, size: 1, empty, captures: false, skips: false });
    if (character === '(') return this.group();
    if (character === '[') return plain(this.characterClass());
    if (character === '\\') return plain(this.escape(), /[bB]/.test(this.source[this.at - 1] ?? ''));
    this.at++;
    if (character === '.') return plain('[^\\n\\r\\x{2028}\\x{2029}]');
    if ((character === '^' || character === '$') && this.multiline) throw new Different();
    if (character === '|' || character === '^' || character === '$') return plain(character, true);
    return plain(literal(character));
  }

  private group(): Part {
    const rest = this.source.slice(this.at);
    const open = /^\((\?:|\?<\w+>|(?!\?))/.exec(rest);
    if (!open) throw new Different();
    this.at += open[0].length;
    const inside = this.alternatives();
    this.at++; // the closing bracket
    return open[1] === '?:'
      ? { ...inside, text: `(?:${inside.text})` }
      : { ...inside, text: `(${inside.text})`, captures: true, size: inside.size + 2 };
  }

  /** `*`, `+?`, `{2,3}`, or nothing; `most`: as often it is written out. */
  private repetition(): { text: string; most: number } {
    const found = /^(?:[*+?]|\{(\d+)(?:,(\d*))?\})\??/.exec(this.source.slice(this.at, this.at + 40));
    if (!found) return { text: '', most: 1 };
    const most = Math.max(Number(found[1] ?? 0), Number(found[2] ?? 0));
    if (most > mostRepetitions) throw new Different();
    this.at += found[0].length;
    return { text: found[0], most: Math.max(1, most) };
  }

  private escape(): string {
    const character = this.source[this.at + 1] ?? '';
    if (/[dDwWbB]/.test(character)) return this.taken(2, `\\${character}`);
    if (character === 's') return this.taken(2, `[${space}]`);
    if (character === 'S') return this.taken(2, `[^${space}]`);
    return this.escapedCharacter();
  }

  /** One character that is written with a backslash. */
  private escapedCharacter(): string {
    const rest = this.source.slice(this.at, this.at + 6);
    const code = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4}))/.exec(rest);
    if (code) return this.taken(code[0].length, codePoint(parseInt((code[1] ?? code[2])!, 16)));
    const character = rest[1] ?? '';
    if (/^\\0(?!\d)/.test(rest) || /[nrtfv]/.test(character)) return this.taken(2, control[character]!);
    if (character === '' || /[\dckxupP]/.test(character)) throw new Different();
    return this.taken(2, literal(character));
  }

  private characterClass(): string {
    const negated = this.source[this.at + 1] === '^';
    this.at += negated ? 2 : 1;
    if (this.source[this.at] === ']') throw new Different(); // nothing, or anything
    let text = '';
    while (this.source[this.at] !== ']') {
      const [from, isSet] = this.classAtom();
      if (this.source[this.at] !== '-' || this.source[this.at + 1] === ']') {
        text += from;
        continue;
      }
      this.at++;
      const [to, alsoSet] = this.classAtom();
      text += isSet || alsoSet ? `${from}\\-${to}` : `${from}-${to}`;
    }
    this.at++;
    return `[${negated ? '^' : ''}${text}]`;
  }

  /** One character of a class, or a set of them such as `\d`. */
  private classAtom(): [text: string, isSet: boolean] {
    const character = this.source[this.at];
    if (character === undefined) throw new Different();
    if (character !== '\\') return [this.taken(1, literal(character)), false];
    const next = this.source[this.at + 1] ?? '';
    if (/[dDwW]/.test(next)) return [this.taken(2, `\\${next}`), true];
    if (next === 's') return [this.taken(2, space), true];
    if (next === 'S' || next === 'B') throw new Different();
    if (next === 'b') return [this.taken(2, '\\x{8}'), false];
    return [this.escapedCharacter(), false];
  }

  private taken(length: number, text: string): string {
    this.at += length;
    return text;
  }
}

function literal(character: string): string {
  return /[A-Za-z0-9_ ]/.test(character) ? character : codePoint(character.charCodeAt(0));
}

const codePoint = (code: number): string => {
  if (code >= 0xd800 && code <= 0xdfff) throw new Different();
  return `\\x{${code.toString(16)}}`;
};
