import { boundedText } from './bounded-text.ts';
import { boundedWords, mostLettersOfWords } from './bounded-words.ts';
import type { FailureDetails, FailureGiven, Issue } from './failure-details.ts';
import { inEnglish, inWords } from './failure-words.ts';
import { withoutSecrets } from './known-secrets.ts';
import { pauseOf } from './pause.ts';

/**
 * How long each text may be: much of a failure was said by others, and all of it is stored, logged and shown. This is the
 * one place where it is shortened.
 */
const mostLetters = { class: 100, code: 200, message: 2_000, system: 200, record: 500, field: 500, value: 1_000, remedy: 2_000 } as const;
/** of all issues together */
const mostIssues = 200;
const mostIssueLetters = 16_000;

/** What a failure may say: no text holds a secret or is longer than it may be, and a pause is one that can be waited for. */
export function cleaned(details: FailureGiven): FailureDetails {
  const told: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(takenApart(details))) {
    if (name === 'retryAfterMs') told[name] = pauseOf(value);
    else if (name === 'issues') told[name] = Array.isArray(value) ? boundedIssues(value as Issue[]) : undefined;
    else if (name === 'words' || name === 'recordWords') told[name] = boundedWords(value);
    else told[name] = name in mostLetters ? textFor(name as keyof typeof mostLetters, value) : value;
  }
  return told as unknown as FailureDetails;
}

function takenApart({ record, ...details }: FailureGiven): FailureDetails {
  if (record === undefined) return details;
  return typeof record === 'object' && record !== null
    ? { ...details, record: inEnglish(record), recordWords: record }
    : { ...details, record };
}

/** Secrets first: half of one that was cut would not be found. */
function textFor(name: keyof typeof mostLetters, value: unknown): unknown {
  if (value === undefined) return undefined;
  return boundedText(withoutSecrets(typeof value === 'string' ? value : boundedText(value, 100_000)), mostLetters[name]);
}

/** As many as there is room for; of the others it is said how many they are. */
function boundedIssues(issues: Issue[]): Issue[] {
  const last = issues.at(-1);
  const more = last?.code === 'MORE' ? last : undefined; // of a failure that was shortened before
  const kept: Issue[] = [];
  let letters = 0;
  let ofWords = 0;
  for (const issue of issues.slice(0, Math.min(mostIssues, issues.length - (more ? 1 : 0)))) {
    const { words, ...short } = boundedIssue(issue);
    letters += Object.values(short).reduce((sum, text) => sum + text.length, 0);
    if (letters > mostIssueLetters) break;
    ofWords += words ? JSON.stringify(words).length : 0;
    kept.push(words && ofWords <= mostLettersOfWords * 2 ? { ...short, words } : short);
  }
  const left = issues.length - kept.length;
  if (more && left === 1) kept.push(boundedIssue(more));
  else if (left > 0) kept.push({ field: '', ...inWords('MORE', { left }) });
  return kept;
}

function boundedIssue(issue: Issue): Issue {
  const { code, field, value, message, remedy } = issue ?? {};
  const words = boundedWords(issue?.words);
  return {
    code: textFor('code', code ?? '') as string,
    field: textFor('field', field ?? '') as string,
    ...(value === undefined ? {} : { value: textFor('value', value) as string }),
    message: textFor('message', message ?? '') as string,
    remedy: textFor('remedy', remedy ?? '') as string,
    ...(words ? { words } : {}),
  };
}
