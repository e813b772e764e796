import { createHash } from 'node:crypto';
import type { Approval } from '../../engine/store/approvals.ts';
import { type FailureLanguage, sentence, wholeSentence } from '../../model/failure-sentence.ts';
import { type FailureText, inEnglish, phrase } from '../../model/failure-words.ts';
import type { Json } from '../../model/json.ts';
import { knownSecrets } from '../../model/known-secrets.ts';
import { moneyIn } from '../../model/money-in.ts';
import { moneyText } from '../../model/money-text.ts';
import { plainText } from '../../model/plain-text.ts';
import { forHtml } from '../told-as.ts';
import type { Answer } from '../webhook/answers.ts';

/** What is asked, as it is shown: persons in it are masked. */
export type ShownQuestion = Pick<Approval, 'title' | 'details' | 'requestedAt' | 'expiresAt'>;

/** The question with its two buttons. Opening it decides nothing: mail and chat systems open every link they see. */
export function questionPage(question: ShownQuestion, approver: string, language: FailureLanguage): Answer {
  const words = wordsOf(language);
  const { title, details, requestedAt, expiresAt } = question;
  return page(200, title, language, [
    `<p class="quiet">${words(phrase('ANSWER.for', { approver: plainText(approver) }))}</p>`,
    `<h1>${shown(title)}</h1>`,
    `<p class="quiet">${words(phrase('ANSWER.asked', { at: moment(requestedAt, language) }))}`,
    expiresAt === undefined ? '</p>' : ` ${words(phrase('ANSWER.until', { at: moment(expiresAt, language) }))}</p>`,
    details === null ? '' : inDetail(details, language, { depth: 0, rows: mostRows }),
    `<form method="post"><label for="reason">${words(phrase('ANSWER.reason'))}</label><textarea id="reason" name="reason" rows="3" maxlength="4000"></textarea>`,
    `<div><button name="decision" value="approved">${words(phrase('ANSWER.approve'))}</button>`,
    `<button name="decision" value="rejected">${words(phrase('ANSWER.reject'))}</button></div></form>`,
  ]);
}

/** That it is decided, or why it is not. */
export function outcomePage(status: number, said: Pick<FailureText, 'message' | 'remedy' | 'words'>, language: FailureLanguage): Answer {
  return page(status, '', language, [`<p role="status">${shown(wholeSentence(said, language))}</p>`]);
}

function page(status: number, title: string, language: FailureLanguage, parts: readonly string[]): Answer {
  const lines = [
    `<!doctype html><html lang="${language.tag}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="robots" content="noindex"><title>${shown(title || 'PS Connect')}</title><style>${style}</style></head><body><main>`,
    ...parts,
    '</main></body></html>',
  ];
  const text = lines.join('');
  return {
    status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
      'Content-Language': language.tag,
      'Content-Security-Policy': policy,
      'Cache-Control': 'no-store',
      // the address is the right to answer: no other page is told it
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'X-Robots-Tag': 'noindex',
    },
    text,
  };
}

const deepest = 4;
const mostEntries = 60;
/** on one page */
const mostRows = 300;
const longestValue = 2_000;

/** As the console shows it: name and value, money as money, what is nested below its name. */
function inDetail(value: Json, language: FailureLanguage, left: { depth: number; rows: number }): string {
  const { depth } = left;
  const money = moneyIn(value);
  if (money) return shown(moneyText(money.amount, money.currency, language.tag));
  if (typeof value !== 'object' || value === null) return shown(value === null ? '–' : String(value));
  if (depth >= deepest) return '…';
  const all = Array.isArray(value) ? value.map((one, at): [string, Json] => [String(at + 1), one]) : Object.entries(value);
  const rows: string[] = [];
  for (const [name, one] of all.slice(0, mostEntries)) {
    if (left.rows-- <= 0) break;
    const below = { depth: depth + 1, rows: left.rows };
    rows.push(`<dt>${shown(name)}</dt><dd>${inDetail(one ?? null, language, below)}</dd>`);
    left.rows = below.rows;
  }
  const more = all.length - rows.length;
  if (more > 0) rows.push(`<dt>…</dt><dd>${wordsOf(language)(phrase('ANSWER.more', { count: { count: more } }))}</dd>`);
  return `<dl>${rows.join('')}</dl>`;
}

const wordsOf = (language: FailureLanguage) => (words: ReturnType<typeof phrase>) =>
  shown(sentence({ message: inEnglish(words), words }, language).message);

/** A text from outside in a page: no markup, nothing that reorders, no secret that is known. */
function shown(text: string): string {
  const clean = plainText(knownSecrets.without(text));
  return forHtml(clean.length > longestValue ? `${clean.slice(0, longestValue)}…` : clean);
}

const moment = (at: number, { tag }: FailureLanguage) =>
  new Intl.DateTimeFormat(tag, {
    ...{ year: 'numeric', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' },
  }).format(at);

const style = [
  ':root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}body{margin:0;background:Canvas;color:CanvasText}',
  'main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem}h1{font-size:1.35rem;margin:.25rem 0;overflow-wrap:anywhere}.quiet{opacity:.8;margin:0}',
  'dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.2rem 1rem;margin:1rem 0}dl dl{margin:0}dd{margin:0}dt,dd{overflow-wrap:anywhere;min-width:0}dt{opacity:.8}',
  'label{display:block;margin-top:1rem}textarea{box-sizing:border-box;width:100%;font:inherit}button{font:inherit;padding:.5rem 1.25rem;margin:.75rem .75rem 0 0;min-height:2.75rem}',
  '@media(max-width:30rem){dl{grid-template-columns:1fr}dl dl{border-left:2px solid;padding-left:.75rem}dt{margin-top:.4rem}}',
].join('');

const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');
