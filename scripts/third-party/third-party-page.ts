import { markdownTable } from '../docs/markdown-table.ts';
import type { ShippedPackage } from './shipped-packages.ts';

/** Licences under which anybody may use, change and pass on the work, also in closed products. */
export const permissiveLicences = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
]);

/** What each package that we chose ourselves is for. */
export const purposes: Record<string, string> = {
  ajv: 'checks canonical objects against their JSON Schemas',
  'ajv-formats': 'formats of JSON Schema: dates, e-mail addresses',
  axios: 'HTTP to the systems',
  '@lit/reactive-element': 'web components of the console (part of lit)',
  chartist: 'charts of the console',
  croner: 'cron times of the micro-batch',
  'csv-parse': 'results of bulk jobs',
  'decimal.js': 'exact sums of money and hours',
  hyparquet: 'tables as Parquet files (part of hyparquet-writer)',
  'hyparquet-writer': 'tables as Parquet files',
  jose: 'signs the assertions of the sign-in, checks the tokens of callers',
  jsonata: 'mappings',
  lit: 'web components of the console',
  'lit-element': 'web components of the console (part of lit)',
  'lit-html': 'web components of the console (part of lit)',
  pg: 'PostgreSQL',
  re2js: 'regular expressions of mappings in linear time',
};

/** Packages that must not be shipped as things are. Of several licences that a package offers we take the one that we may. */
export function notPermissive(packages: ShippedPackage[]): ShippedPackage[] {
  return packages.filter(({ licence }) => !licence.split(' OR ').some((one) => permissiveLicences.has(one)));
}

export function thirdPartyPage(packages: ShippedPackage[]): string {
  const table = markdownTable(
    ['package', 'version', 'licence', 'how', 'for'],
    packages.map(({ name, version, licence, how, neededBy }) => [
      name,
      version,
      licence,
      how,
      purposes[name] ?? (neededBy ? `needed by ${neededBy}` : 'part of a bundled package'),
    ]),
  );
  const bundled = packages.filter(({ how, licenceText }) => how === 'bundled' && licenceText);
  const texts = [...Map.groupBy(bundled, ({ licenceText }) => licenceText.replace(/\s+/g, ' ').trim()).values()].map(
    (alike) => `### ${alike.map(({ name }) => name).join(', ')}\n\n\`\`\`text\n${alike[0]!.licenceText.replaceAll('```', "'''")}\n\`\`\``,
  );
  return `# Third-party software

Made by \`scripts/third-party.ts\` from what is really shipped. *Bundled* is inside our files in \`dist/\`; *installed* is fetched by npm beside
them, with its own licence file. Every licence is permissive, and stands once for all whose words are the same; another one fails the check.

${table}

## Licences of what is bundled

${texts.join('\n\n')}
`;
}
