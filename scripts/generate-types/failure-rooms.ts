import { readdirSync } from 'node:fs';

const locales = new URL('../../locales/', import.meta.url);

/** English is what is stored, and makes the keys; German is what tests look at beside it. The others are read as files. */
export const languages = ['en-US', 'de'];

/** What failures say in a language, all rooms of `locales/<language>/failures/` together. */
export function failureRooms(language: string): (banner: string) => string {
  const rooms = readdirSync(new URL(`${language}/failures/`, locales))
    .sort()
    .map((file) => ({ file, name: file.replace('.json', '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) }));
  return (banner) =>
    [
      banner,
      ...rooms.map(({ file, name }) => `import ${name} from './failures/${file}' with { type: 'json' };`),
      '',
      'export const failures = {',
      ...rooms.map(({ name }) => `  ...${name},`),
      '};',
      '',
    ].join('\n');
}
