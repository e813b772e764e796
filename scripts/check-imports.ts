import { fileURLToPath } from 'node:url';
import { importCircles } from './imports/import-circles.ts';
import { systemNames } from './imports/system-names.ts';
import { wrongImports } from './imports/wrong-imports.ts';

/**
 * Holds the direction of imports (`imports/import-rules.ts`), that none goes round, and that no shared code names a system
 * (`imports/system-names.ts`). Prints each offender and fails; the root may be given.
 */
const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const wrong = wrongImports(root);
for (const { file, line, imports, why } of wrong) console.error(`${file}:${line} imports ${imports}: ${why}`);
const circles = importCircles(root);
for (const circle of circles) console.error(`These import each other: ${circle.join(', ')}`);
const named = systemNames(root);
for (const { file, line, system, word } of named) {
  const what = word === system ? `names ${system}` : `says ${word}, a word of ${system}`;
  console.error(`${file}:${line} ${what}: shared code asks what the declarations of connectors/systems.ts say`);
}
const isWell = wrong.length + circles.length + named.length === 0;
const wrongs = `${wrong.length} imports against the direction, ${circles.length} circles, ${named.length} names of systems`;
console.log(isWell ? 'imports run one way, and no shared code names a system' : wrongs);
process.exitCode = isWell ? 0 : 1;
