import 'should';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documents, found, root } from './documents.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Folders of the repository; a path that begins with one of them must exist. */
const folders = 'bench|commands|connectors|console|docs|engine|flows|icons|locales|model|nodes|runtime|sandbox|scripts|test';

describe('Documents', () => {
  for (const { file, text } of documents) {
    it(`${file} names only commands that can be run`, () => {
      const named = found(text, /npm run ([\w:-]+)/g);
      named.filter((name) => !scripts[name]).should.deepEqual([]);
      for (const name of ['start', 'test']) if (text.includes(`npm ${name}`)) scripts.should.have.property(name);
      const files = found(text, /\bnode ((?:scripts|node_modules)\/[\w./-]+)/g);
      files.filter((path) => !existsSync(join(root, path))).should.deepEqual([]);
    });

    it(`${file} names only files and folders that exist`, () => {
      const paths = found(text, new RegExp(`\`((?:${folders})/[\\w./-]*)\``, 'g'));
      paths.filter((path) => !existsSync(join(root, path))).should.deepEqual([]);
    });
  }
});
