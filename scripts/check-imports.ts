import { fileURLToPath } from 'node:url';
import { importCircles } from './imports/import-circles.ts';
import { wrongImports } from './imports/wrong-imports.ts';

/** Holds the direction of imports (`imports/import-rules.ts`), and that none goes round. Prints each offender and fails; the root may be given. */
const root = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url));
const wrong = wrongImports(root);
for (const { file, line, imports, why } of wrong) console.error(`${file}:${line} imports ${imports}: ${why}`);
const circles = importCircles(root);
for (const circle of circles) console.error(`These import each other: ${circle.join(', ')}`);
const isWell = wrong.length + circles.length === 0;
console.log(isWell ? 'imports run one way' : `${wrong.length} imports against the direction, ${circles.length} circles`);
process.exitCode = isWell ? 0 : 1;
