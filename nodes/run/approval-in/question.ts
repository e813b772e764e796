import type { Approval } from '../../../engine/store/approvals.ts';
import type { Severity } from '../../../engine/retry-policy.ts';
import type { Run } from '../../../engine/store/runs.ts';
import { inWords } from '../../../model/failure-words.ts';
import type { Json } from '../../../model/json.ts';
import { lineOf } from '../../../runtime/log-line.ts';
import { wrongInput } from '../../../runtime/message-values.ts';
import type { PackNode } from '../../../runtime/pack-node.ts';
import { placesOf } from '../../../runtime/places.ts';
import type { Told } from '../../../runtime/told-as.ts';
import type { Step } from './open-questions.ts';

/** What is asked, as it leaves the node. Times are RFC 3339. */
export interface Question {
  what: Step['what'];
  id: string;
  title: string;
  details: Json;
  severity: Severity;
  /** whom it is asked for, who may not approve it */
  requestedBy?: string[];
  requestedAt: string;
  expiresAt?: string;
  run: string;
  /** what the run is about */
  subject: string;
  flow: { id: string; name: string };
}

const longestName = 300;
const mostApprovers = 20;

export function questionOf({ RED }: PackNode, what: Step['what'], approval: Approval, { id: run, event, flow }: Run): Question {
  const { id, title, details, severity, requestedBy, requestedAt, expiresAt } = approval;
  return {
    ...{ what, id, title, details, severity, requestedAt: new Date(requestedAt).toISOString(), run, subject: event.subject },
    ...(requestedBy ? { requestedBy } : {}),
    ...(expiresAt === undefined ? {} : { expiresAt: new Date(expiresAt).toISOString() }),
    flow: { id: flow, name: placesOf(RED).get(flow)?.name ?? flow },
  };
}

/** One name or several, each by himself, as mail programs write them, too. Nobody, or anything else, is a mistake: the question would reach no one. */
export function approversIn(value: unknown): string[] {
  const given = (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) =>
    typeof one === 'string' ? severalIn(one) : [one],
  );
  const areNames = given.every((name): name is string => typeof name === 'string' && name !== '' && name.length <= longestName);
  if (!areNames || given.length === 0 || given.length > mostApprovers || given.some((name) => /[<>\n]|@.*[,;@]/.test(name)))
    throw wrongInput('approver', value, inWords('LINK_APPROVER'));
  return [...new Set(given)];
}

/** `ana@firm.example, Bob Hall <bob@firm.example>`: the addresses. What is no list of addresses is one name. */
function severalIn(text: string): string[] {
  const parts = text.split(/[,;\n]/).map((part) => part.trim());
  const addresses = parts.filter(Boolean).map((part) => /^[^<>]*<([^<>\s]+)>$/.exec(part)?.[1] ?? part);
  return addresses.length > 0 && addresses.every((address) => address.includes('@')) ? addresses : [text.trim()];
}

/** The message to one of those who are asked. */
export function tellingOf(base: PackNode, question: Question, approver: string, link: string): Told {
  const { what, title, severity, subject, flow, requestedAt, expiresAt } = question;
  const lines = [
    base.words(`question.${what}`, { severity: base.words(`option.least.${severity}`), when: moment(requestedAt) }),
    `${lineOf(subject)} · ${flow.name}`,
    ...(expiresAt === undefined ? [] : [base.words('question.until', { when: moment(expiresAt) })]),
  ];
  return {
    title: base.words('question.title', { title: lineOf(title) }),
    text: lines.join('\n'),
    link: { label: base.words('question.answer'), address: link },
    fields: { ...question, approver, link },
  };
}

const moment = (time: string) => `${time.slice(0, 16).replace('T', ' ')} UTC`;
