import type { Verdict } from './judge-answer.ts';
import { person } from './inputs/samples.ts';

/** What is wrong with lines of the log, and the line of each. Secrets are looked for elsewhere. */
export function judgeLog(lines: string): [...Verdict, line: string][] {
  return lines.split('\n').flatMap((line): [...Verdict, line: string][] => {
    const said = /^\d+ \w+ [\d:]+ - \[(?:error|warn)\] (.*)/.exec(line)?.[1];
    if (!said) return [];
    const verdicts: [...Verdict, line: string][] = [];
    if ([person.first, person.email].some((part) => said.includes(part)))
      verdicts.push(['leak', `a person in the log: ${said.slice(0, 120)}`, said]);
    if (/\b(Type|Range|Syntax|Reference)Error\b|Cannot read prop|is not a function|is not iterable/.test(said))
      verdicts.push(['unclassified', `in the log: ${said.slice(0, 160)}`, said]);
    return verdicts;
  });
}
