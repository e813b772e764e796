import 'should';
import { documents } from './documents.ts';

/** What has no place in a document that strangers read. */
const unwanted: { what: string; expression: RegExp }[] = [
  { what: 'a path of somebody’s machine', expression: /(?:^|[\s`'"(])\/(?:home|Users|root|tmp|mnt|srv|var\/folders)\// },
  { what: 'a private host', expression: /\b(?:10|192\.168|172\.(?:1[6-9]|2\d|3[01]))(?:\.\d{1,3}){2,3}\b/ },
  { what: 'a secret', expression: /-----BEGIN [A-Z ]*PRIVATE KEY-----\n|\beyJ[\w-]{20,}/ },
  { what: 'a note to oneself', expression: /\b(?:TODO|FIXME|XXX|lorem ipsum)\b/i },
  { what: 'a promise without a proof', expression: /\b(?:blazing|seamless|enterprise-grade|world-class|battle-tested)\b/i },
];

describe('Documents', () => {
  for (const { what, expression } of unwanted) {
    it(`hold not ${what}`, () => {
      documents.flatMap(({ file, text }) => (expression.test(text) ? [`${file}: ${expression.exec(text)?.[0]}`] : [])).should.deepEqual([]);
    });
  }
});
