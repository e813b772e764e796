import { Readable } from 'node:stream';
import should from 'should';
import { bulkError } from '../../connectors/salesforce-platform/bulk/upsert-bulk.ts';
import { csvRows } from '../../connectors/salesforce-platform/bulk/csv.ts';
import { soqlText } from '../../connectors/salesforce-platform/query/soql.ts';
import { readCloudEvent } from '../../model/cloud-event.ts';
import { contractIssues, contractNames } from '../../model/contract.ts';
import { isTimestamp } from '../../model/timestamp.ts';
import { isUri, isUriReference, withoutEndingSlashes } from '../../model/uri.ts';
import { contentModeOf } from '../../runtime/webhook/content-mode.ts';
import { signatureOf } from '../../runtime/webhook/signature.ts';
import { sampleEngagement } from './sample-engagement.ts';
import { cpuMs } from '../cpu-time.ts';

const letters = 100_000;
const pieces = [
  'a',
  'A:',
  ' ',
  '\t',
  '/',
  '//',
  '.',
  '-',
  ':',
  ';',
  '; charset=',
  '"',
  '""',
  ',',
  '%41',
  '%4',
  '@',
  'a@',
  'a.',
  '0',
  '1:',
  'T',
  '+',
  '[',
  ']',
  'v1,',
  ' v1,',
  '=',
  '\n',
  '\\',
  '{"a":',
  'é',
  '&',
];
const endings = ['', '!', '@', '\u0001'];

/** Whatever reads a text of others: in how many milliseconds of this process's own time it reads one that was made to hold it up. */
const readers: Record<string, (text: string) => unknown> = {
  'a URI': (text) => [isUri(text), isUriReference(text), isUri(`http://${text}`), isUriReference(`//${text}`)],
  'slashes at the end of an address': withoutEndingSlashes,
  'a moment': (text) => [isTimestamp(text), isTimestamp(`2026-03-02T10:00:00.${text}`)],
  'an event': (text) => {
    const readBytes = () => null;
    const event = {
      specversion: '1.0',
      id: text,
      source: text,
      type: text,
      time: text,
      subject: text,
      datacontenttype: text,
      dataschema: text,
      [text]: text,
      data_base64: text,
    };
    return readCloudEvent(event, { issues: [], readBytes });
  },
  'a media type': (text) => [contentModeOf({ 'content-type': text }), contentModeOf({ 'content-type': `application/json${text}` })],
  'the header of a signature': (text) => {
    const kinds = ['standard-webhooks', 'hmac-sha256', 'bearer'] as const;
    const headers = {
      'webhook-id': text,
      'webhook-timestamp': text,
      'webhook-signature': text,
      'x-sign': text,
      authorization: `Bearer ${text}`,
    };
    return Promise.all(
      kinds.flatMap((kind) => [
        signatureOf(kind, 'secret', 'X-Sign').refusal(headers, Buffer.alloc(0), 0),
        signatureOf(kind, 'secret', 'X-Sign').refusal({ ...headers, 'webhook-timestamp': '1' }, Buffer.alloc(0), 0),
      ]),
    );
  },
  'an error of a bulk job': (text) => [bulkError(text), bulkError(`CODE:${text}`), bulkError(`CODE:${text} --`)],
  'a table of a bulk job': (text) => allRows(text).catch(() => undefined), // a text that it refuses
  'a value of a query': soqlText,
  'a record of a contract': (text) =>
    contractNames.map((name) =>
      contractIssues(name, {
        ...sampleEngagement(),
        id: text,
        code: text,
        name: text,
        email: text,
        currency: text,
        deliveryManagerEmail: text,
        workDate: text,
        start: text,
        sourceUpdatedAt: text,
      }),
    ),
};

async function allRows(text: string): Promise<void> {
  for await (const _row of csvRows(Readable.from([`a,b\n${text}`])));
}

describe('A text that was made to hold its reader up', function () {
  this.timeout(120_000);
  for (const [what, read] of Object.entries(readers)) {
    it(`does not when it is taken for ${what}`, async () => {
      await read('a');
      const slow: { piece: string; ending: string; ms: number }[] = [];
      for (const piece of pieces) {
        for (const ending of endings) {
          const text = piece.repeat(letters / piece.length) + ending;
          const ms = Math.round(await cpuMs(() => read(text), 400));
          if (ms > 400) slow.push({ piece, ending, ms });
        }
      }
      should(slow).deepEqual([]);
    });
  }
});
