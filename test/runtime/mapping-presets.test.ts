import should from 'should';
import { mappingsOf } from '../../connectors/default-mappings.ts';
import { systems } from '../../connectors/systems.ts';
import canonicalMap from '../../nodes/data/canonical-map/declaration.ts';
import { compileMapping } from '../../runtime/canonical-mapping.ts';

describe('A preset of a mapping', () => {
  it('is one by its own name, and not because every object has something of that name', () => {
    should(() => compileMapping({ preset: 'opportunity-to-engagement' })).not.throw();
    for (const preset of ['constructor', '__proto__', 'toString', 'none'])
      should(() => compileMapping({ preset })).throw({ code: 'MAPPING_FAILED', class: 'contract.invalid' });
  });

  it('is offered and known when a system declares it', () => {
    const declared = systems.flatMap(({ mappings = {} }) => Object.keys(mappings));
    should(canonicalMap.fields.find(({ name }) => name === 'preset')).have.property('options', [...declared, 'custom']);
    for (const preset of declared) should(() => compileMapping({ preset })).not.throw();
  });

  it('stays what it is in flows that leave it out', () => {
    should(canonicalMap.fields.find(({ name }) => name === 'preset')).have.property('default', 'opportunity-to-engagement');
  });

  it('is of one system: which would be meant by a name that two have?', () => {
    mappingsOf([{ mappings: { one: '1' } }, {}, { mappings: { two: '2' } }]).should.deepEqual({ one: '1', two: '2' });
    should(() => mappingsOf([{ mappings: { one: '1' } }, { mappings: { one: '2' } }])).throw('Two systems have a mapping one.');
  });
});
