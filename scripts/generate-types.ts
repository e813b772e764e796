/** Writes the types that are made from JSON Schemas, and the lists of what failures say; with `--check` only says whether they are current. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { failureRooms, languages } from './generate-types/failure-rooms.ts';

interface Target {
  file: string;
  from: string;
  make: (banner: string) => string | Promise<string>;
}

// what comes later loads what comes before, so each is loaded when it is its turn
const targets: Target[] = [
  ...languages.map((language) => ({
    file: `locales/${language}/failures.generated.ts`,
    from: `locales/${language}/failures`,
    make: failureRooms(language),
  })),
  {
    file: 'model/types.generated.ts',
    from: 'model/schemas',
    make: async (banner) => (await import('./generate-types/canonical-types.ts')).canonicalTypes(banner),
  },
  {
    file: 'runtime/admin-api/admin-api.generated.ts',
    from: 'the routes of runtime/admin-api',
    make: async (banner) => (await import('./generate-types/admin-api-types.ts')).adminApiTypes(banner),
  },
];
for (const { file, from, make } of targets) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const text = await make(`/* Made from ${from} by scripts/generate-types.ts: do not edit. */`);
  if (!process.argv.includes('--check')) {
    writeFileSync(path, text);
  } else if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    console.error(`${file} is behind ${from}: run npm run generate`);
    process.exitCode = 1;
  }
}
