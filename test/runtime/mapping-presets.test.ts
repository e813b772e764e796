import should from 'should';
import { compileMapping } from '../../runtime/canonical-mapping.ts';

describe('A preset of a mapping', () => {
  it('is one by its own name, and not because every object has something of that name', () => {
    should(() => compileMapping({ preset: 'opportunity-to-engagement' })).not.throw();
    for (const preset of ['constructor', '__proto__', 'toString', 'none'])
      should(() => compileMapping({ preset })).throw({ code: 'MAPPING_FAILED', class: 'contract.invalid' });
  });
});
