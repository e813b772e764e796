import 'should';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ShippedPackage, shippedPackages } from '../../scripts/third-party/shipped-packages.ts';
import { notPermissive, thirdPartyPage } from '../../scripts/third-party/third-party-page.ts';
import { root } from './documents.ts';

describe('Software of others that we ship', function () {
  this.timeout(60_000);
  let packages: ShippedPackage[];
  before(async () => {
    packages = await shippedPackages(root);
  });

  it('is listed in THIRD_PARTY.md as it is', () => {
    const behind =
      thirdPartyPage(packages) === readFileSync(join(root, 'THIRD_PARTY.md'), 'utf8') ? [] : ['run node scripts/third-party.ts'];
    behind.should.deepEqual([]);
  });

  it('names every dependency of the package and what is bundled into it', () => {
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { dependencies: Record<string, string> };
    const how = Object.fromEntries(packages.map((each) => [each.name, each.how]));
    for (const name of Object.keys(dependencies)) (how[name] ?? `${name} is missing`).should.equal('installed');
    for (const name of ['ajv', 'decimal.js', 'jose', 'croner']) (how[name] ?? `${name} is missing`).should.equal('bundled');
  });

  it('is under permissive licences only', () => {
    notPermissive(packages)
      .map(({ name, licence }) => `${name}: ${licence}`)
      .should.deepEqual([]);
  });

  it('carries the licence text of everything that is bundled', () => {
    packages
      .filter(({ how, licenceText }) => how === 'bundled' && licenceText.length < 200)
      .map(({ name }) => name)
      .should.deepEqual([]);
  });

  it('is refused when a licence obliges the user, or is not known', () => {
    const [one] = packages as [ShippedPackage];
    for (const licence of ['GPL-3.0', 'AGPL-3.0', 'SSPL-1.0', 'unknown']) notPermissive([{ ...one, licence }]).should.have.length(1);
  });
});
