import { createHash } from 'node:crypto';
import { phrase } from '../../model/failure-words.ts';
import type { Words } from '../../model/failure-sentence.ts';
import type { Json } from '../../model/json.ts';
import type { SourceEvent } from '../../model/operations.ts';
import type { Firm } from '../../sandbox/firm/firm.ts';
import { type MinorUnits, toDecimal } from '../../sandbox/firm/minor-units.ts';
import type { Person } from '../../sandbox/firm/people.ts';
import type { Random } from '../../sandbox/firm/random.ts';

/** Which of the template flows it goes through. */
export type Kind = 'deal' | 'amendment' | 'assignment' | 'time' | 'expense' | 'invoice';

/** A write that its run makes, in order. */
export interface MadeWrite {
  node: string;
  system: 'salesforce' | 'netsuite' | 'kantata';
  business: string;
  record: Words;
  request: Json;
  result: Json;
}

/** Something that happened in a system, before anybody has heard of it. */
export interface Happening {
  kind: Kind;
  /** epoch ms at which its record was written */
  at: number;
  event: SourceEvent;
  writes(): MadeWrite[];
  /** what a refusal of it would name */
  about: { code: string; entity: string; person?: string; day: string; defect?: string };
}

/** One office of the firm in three weeks, and what its records are numbered by. */
export interface Office {
  firm: Firm;
  /** first of the codes of its engagements, people and records */
  number: number;
  /** of the three weeks, epoch ms */
  from: number;
  random: Random;
}

export const hour = 3_600_000;
export const day = 24 * hour;

export const between = ({ random }: Office, low: number, high: number) => random.between(low, high);
export const workingHour = (office: Office) => between(office, 7 * 60, 18 * 60) * 60_000 + between(office, 0, 59_999);
export const money = (amount: MinorUnits, currency: string) => ({ amount: toDecimal(amount, currency), currency });
export const stamp = (at: number) => new Date(at).toISOString();
export const dayOf = (at: number) => stamp(at).slice(0, 10);
export const mark = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** `ENG-0007-NL01` of this office and these weeks, which no other office has. */
export function codeIn({ number }: Pick<Office, 'number'>, code: string): string {
  return code.replace(/\d+/, (digits) => String(number * 25 + Number(digits)).padStart(4, '0'));
}

export const personIn = ({ number }: Office, { code, email, firstName, lastName }: Person) => ({
  id: String(11_000 + (number % 100) * 100 + Number(code.slice(4))),
  email,
  name: `${firstName} ${lastName}`,
});

export const recordId = ({ number }: Office, prefix: number, index: number) => String(prefix * 10_000_000 + number * 5_000 + index);
export const salesforceId = (prefix: string, code: string) => `${prefix}Q0000${code.replace(/\D/g, '').slice(0, 8).padStart(8, '0')}IAA`;

export function event(
  { type, source, id, subject = id, key = subject }: { type: string; source: string; id: string; subject?: string; key?: string },
  at: number,
  data: Json,
): SourceEvent {
  const [time, content] = [stamp(at), mark(`${id} ${at}`)];
  const version = { record: id, at: time, content };
  return { id: `${id}:${time}:${content}`, source, type: `com.psconnect.${type}`, subject, time, key, version, data };
}

export function write(node: string, system: MadeWrite['system'], business: string, record: Words, request: Json, result: Json): MadeWrite {
  return { node, system, business, record, request, result };
}

export function telling(node: string, id: string, fields: { [field: string]: string }): MadeWrite {
  const record = phrase('RECORD.salesforce', { sobject: 'Opportunity', key: id });
  return write(
    node,
    'salesforce',
    `Opportunity ${id} ${mark(JSON.stringify([node, fields])).slice(0, 8)}`,
    record,
    [{ ...fields, Id: id }],
    { id, created: false },
  );
}
