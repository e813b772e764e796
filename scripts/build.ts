import { fileURLToPath } from 'node:url';
import { buildPack } from './build/build-pack.ts';

/**
 * Makes `dist/` and `examples/`, what Node-RED loads and npm publishes.
 *
 *     node scripts/build.ts             everything; fails when a part is missing
 *     node scripts/build.ts --partial   leaves out, with a warning, nodes that have no runtime yet
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const started = performance.now();
const { warnings, files } = await buildPack({ root, partial: process.argv.includes('--partial') });
for (const warning of warnings) console.warn(`warning: ${warning}`);
console.log(`built ${files} files in ${Math.round(performance.now() - started)} ms`);
