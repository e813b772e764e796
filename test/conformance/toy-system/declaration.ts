import { timeoutField } from '../../../declarations/shared-fields.ts';
import { numbersIn, type SystemDeclaration, textsIn } from '../../../declarations/system.ts';
import { createTally } from './connector.ts';
import { errorWords } from './errors.ts';
import { defaults } from './settings.ts';

const noProjects = 'Tally knows projects by the code that stands in the time, and sets none up';

/** A made-up book of hours, the smallest system there could be: what adding one takes. */
export const tally: SystemDeclaration = {
  name: 'tally',
  title: 'Tally',
  prefix: 'TALLY',
  fields: [
    {
      name: 'baseUrl',
      kind: 'text',
      address: true,
      default: '',
      required: true,
      unless: 'environment',
      placeholder: 'https://tally.example',
    },
    { name: 'apiKey', kind: 'secret', credential: true, required: true, unless: 'environment' },
    timeoutField(defaults.timeoutMs),
  ],
  does: ['time.post', 'posted-time.list'],
  cannot: { 'customer.ensure': 'Tally has no customers', 'erp-project.create': noProjects },
  errors: { tally: errorWords },
  connect: (values) => createTally({ ...textsIn(values, 'baseUrl', 'apiKey'), ...numbersIn(values, 'timeoutMs') }),
};
