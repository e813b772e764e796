import 'should';
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { document, documents, root } from './documents.ts';

/** The anchor that GitHub gives a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[`*[\]]|\([^)]*\)/g, (part) => (part.startsWith('(') ? part.slice(1, -1) : ''))
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .trim()
    .replaceAll(' ', '-');
}

function anchorsOf(text: string): string[] {
  return text
    .replace(/```[\s\S]*?```/g, '')
    .split('\n')
    .flatMap((line) => /^#{1,6} (.+)$/.exec(line)?.[1] ?? [])
    .map(anchor);
}

/** Links and images of a document, those in code left out. */
function targetsOf(text: string): string[] {
  const prose = text.replace(/```[\s\S]*?```/g, '').replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] as string);
}

describe('Documents', () => {
  for (const { file, text } of documents) {
    it(`${file} points only to pages, headings and pictures that are there`, () => {
      const broken = targetsOf(text)
        .filter((target) => !/^https?:/.test(target))
        .filter((target) => {
          const [path = '', heading] = target.split('#');
          const page = path === '' ? file : normalize(join(dirname(file), path));
          if (!existsSync(join(root, page))) return true;
          return heading !== undefined && !anchorsOf(document(page)).includes(heading);
        });
      broken.should.deepEqual([]);
    });
  }

  it('link to others by https only', () => {
    for (const { file, text } of documents) {
      const plain = targetsOf(text).filter((target) => target.startsWith('http:'));
      plain.should.deepEqual([], file);
    }
  });
});
