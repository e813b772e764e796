/** Writes what is made from JSON Schemas, routes, texts and the declarations of systems; with `--check` only says whether it is current. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { failureRooms, languages } from './generate-types/failure-rooms.ts';
import { meanwhile } from './generate-types/meanwhile.ts';

interface Target {
  file: string;
  from: string;
  make: (banner: string) => string | Promise<string>;
  /** what stands in its place while it is made, where it is made from what imports it */
  meanwhile?: string;
}

// each maker loads the product, or parts of it, and does so when it is its turn: what it loads may have been made before
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
    file: 'model/results.generated.ts',
    from: 'model/results.v1.schema.json',
    make: async (banner) => (await import('./generate-types/result-types.ts')).resultTypes(banner),
  },
  {
    file: 'model/personal-forms.generated.ts',
    from: 'the systems of connectors/systems.ts',
    make: async (banner) => (await import('./generate-types/personal-forms.ts')).personalForms(banner),
    meanwhile: 'export const formOfSystems = {};',
  },
  {
    file: 'runtime/admin-api/admin-api.generated.ts',
    from: 'the routes of runtime/admin-api',
    make: async (banner) => (await import('./generate-types/admin-api-types.ts')).adminApiTypes(banner),
  },
];
const url = (file: string) => new URL(`../${file}`, import.meta.url);
for (const { file, meanwhile: text } of targets) if (text) meanwhile(url(file).href, text);
for (const { file, from, make } of targets) {
  const text = await make(`/* Made from ${from} by scripts/generate-types.ts: do not edit. */`);
  if (!process.argv.includes('--check')) {
    writeFileSync(url(file), text);
  } else if (!existsSync(url(file)) || readFileSync(url(file), 'utf8') !== text) {
    console.error(`${file} is behind ${from}: run npm run generate`);
    process.exitCode = 1;
  }
}
