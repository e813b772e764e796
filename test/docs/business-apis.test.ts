import 'should';
import { document, found, sources } from './documents.ts';

describe('docs/business-apis.md', () => {
  const page = document('docs/business-apis.md');

  it('explains every status that is answered', () => {
    const code = sources(['runtime/business-api/*.ts'])
      .map(({ text }) => text)
      .join('\n');
    const statuses = [
      ...new Set([
        ...found(code, /\bstatus: (\d{3})\b/g),
        ...found(code, /^ +'?[a-z.]+'?: (\d{3}),$/gm),
        ...found(code, /\bwrong\((\d{3})/g),
      ]),
    ];
    statuses.length.should.be.above(12);
    const table = page.slice(page.indexOf('## What is answered'), page.indexOf('## Limits'));
    const rows = found(table, /^\| ([\d, ]+) \|/gm).flatMap((cell) => cell.split(', '));
    statuses.filter((status) => !rows.includes(status)).should.deepEqual([]);
    rows.filter((status) => !statuses.includes(status)).should.deepEqual([]);
  });
});
