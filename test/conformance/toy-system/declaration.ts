import { timeoutField } from '../../../declarations/shared-fields.ts';
import { numbersIn, type SystemDeclaration, textsIn } from '../../../declarations/system.ts';
import { wordsOf } from '../../../model/failure-words.ts';
import { createAbaco } from './connector.ts';
import { errorWords } from './errors.ts';
import { defaults } from './settings.ts';

const noProjects = wordsOf({ message: 'Abaco knows projects by the code that stands in the time, and sets none up' });

/** A made-up book of hours, the smallest system there could be: what adding one takes. */
export const abaco: SystemDeclaration = {
  name: 'abaco',
  title: 'Abaco',
  prefix: 'ABACO',
  fields: [
    {
      name: 'baseUrl',
      kind: 'text',
      address: true,
      default: '',
      required: true,
      unless: 'environment',
      placeholder: 'https://abaco.example',
    },
    { name: 'apiKey', kind: 'secret', credential: true, required: true, unless: 'environment' },
    timeoutField(defaults.timeoutMs),
  ],
  does: ['time.post', 'posted-time.list'],
  cannot: { 'customer.ensure': wordsOf({ message: 'Abaco has no customers' }), 'erp-project.create': noProjects },
  errors: { abaco: errorWords },
  personal: { persons: ['bookkeeper'] },
  connect: (values) => createAbaco({ ...textsIn(values, 'baseUrl', 'apiKey'), ...numbersIn(values, 'timeoutMs') }),
};
