import { fileURLToPath } from 'node:url';
import { wrongImports } from './imports/wrong-imports.ts';

/** Holds the direction of imports (`imports/import-rules.ts`). Prints each offender and fails; the root may be given. */
const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const wrong = wrongImports(root);
for (const { file, line, imports, why } of wrong) console.error(`${file}:${line} imports ${imports}: ${why}`);
console.log(wrong.length === 0 ? 'imports run one way' : `${wrong.length} imports against the direction`);
process.exitCode = wrong.length === 0 ? 0 : 1;
