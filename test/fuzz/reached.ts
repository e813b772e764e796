import { permissions } from '../../runtime/admin-api/permissions.ts';
import type { HttpInput } from './inputs/input.ts';
import type { Answered } from './send.ts';

/** What inputs must have come to: a run that found nothing because it got nowhere shows nothing. */
const places = [
  'an answer for the reader',
  ...permissions.map((permission) => `an answer for ${permission} alone`),
  'an answer for the page itself',
  'another site refused',
  'another host refused',
  'a call of an API answered',
  'a call of an API told from another',
  'a call of an API refused by its contract',
  'data refused by http',
  'data refused at a node',
  'a limit of expressions',
  'a deal in all three systems',
  ...['salesforce', 'netsuite', 'kantata'].map((system) => `a write to ${system}`),
  'a failure caught',
  'a secret echoed',
  'a secret removed',
  'a Retry-After',
  'a bomb answered',
  'a poll answered',
  'stored secrets asked for elsewhere',
  'typed secrets sent elsewhere',
  'a link or redirect elsewhere',
  'a journal and files looked through',
];

/** How often inputs came to each place. */
export class Reached {
  readonly counts: Record<string, number> = Object.fromEntries(places.map((place) => [place, 0]));

  note(place: string): void {
    if (!places.includes(place)) throw new Error(`There is no place “${place}”.`);
    this.counts[place] = (this.counts[place] ?? 0) + 1;
  }

  /** Where none came. */
  get missing(): string[] {
    return places.filter((place) => this.counts[place] === 0);
  }

  /** What an answer says of how far its input got. */
  answered({ house, identity, family, expects, method }: HttpInput, { status, text }: Answered): void {
    if (house === 'users' && status === 200 && method !== 'OPTIONS' && identity) {
      if (identity === 'reader') this.note('an answer for the reader');
      else if ((permissions as readonly string[]).includes(identity)) this.note(`an answer for ${identity} alone`);
    }
    if (house === 'open') {
      if (status === 200 && family.endsWith('own page')) this.note('an answer for the page itself');
      if (expects.refused && (status === 403 || status === 415))
        this.note(family.endsWith('other host') ? 'another host refused' : 'another site refused');
    }
    if (family.startsWith('api: ')) {
      if (text === '{"done":true}') this.note('a call of an API answered');
      if (text.includes('"API_KEY_HEADER"') && status === 422) this.note('a call of an API told from another');
      if (status === 422 && text.includes('"API_CALL_WRONG"')) this.note('a call of an API refused by its contract');
    }
    if (status === 400 && /nested deeper/.test(text)) this.note('data refused by http');
    if (/The expression of .{1,20} was ended/.test(text)) this.note('a limit of expressions');
    if (text.includes('typeAnew')) this.note('stored secrets asked for elsewhere');
  }

  /** What a message that a Catch node received says. */
  heard(node: string, text: string): void {
    if (node.endsWith('-whole')) this.note('a deal in all three systems');
    if (/\bpsConnect\b[^]*\bfailure\b/.test(text)) this.note('a failure caught');
    if (/nested deeper/.test(text)) this.note('data refused at a node');
    if (text.includes('•••')) this.note('a secret removed');
  }
}
