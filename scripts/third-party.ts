import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { shippedPackages } from './third-party/shipped-packages.ts';
import { notPermissive, thirdPartyPage } from './third-party/third-party-page.ts';

/**
 * Lists the software of others that we ship.
 *
 *     node scripts/third-party.ts            writes THIRD_PARTY.md
 *     node scripts/third-party.ts --check    fails when it is not up to date
 *
 * Either fails when a licence is not permissive.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const file = `${root}/THIRD_PARTY.md`;
const packages = await shippedPackages(root);
for (const { name, licence } of notPermissive(packages)) {
  console.error(`${name}: the licence "${licence}" is not on the list of permissive ones`);
  process.exitCode = 1;
}
const page = thirdPartyPage(packages);
const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
if (before !== page) {
  if (process.argv.includes('--check')) {
    console.error('THIRD_PARTY.md is not up to date: run node scripts/third-party.ts');
    process.exitCode = 1;
  } else {
    writeFileSync(file, page);
    console.log(`wrote THIRD_PARTY.md: ${packages.length} packages`);
  }
}
