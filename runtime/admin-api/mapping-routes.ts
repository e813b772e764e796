import { type ContractName, contractIssues, contractNames } from '../../model/contract.ts';
import { Failure } from '../../model/failure.ts';
import type { Json } from '../../model/json.ts';
import { compileMapping } from '../canonical-mapping.ts';
import { lastInput } from '../last-inputs.ts';
import type { Preview } from './admin-api.generated.ts';
import { type Call, type Route, route } from './route.ts';
import { json, named, object, orNull, text } from './schema.ts';

export const mappingRoutes: Route[] = [
  route('POST /preview', {
    permission: 'ps-connect.edit',
    persons: 'shown',
    summary: 'Tries a mapping on a sample.',
    body: object(
      {},
      {
        preset: orNull(text('name of a preset')),
        expression: orNull(text('JSONata')),
        contract: orNull(text('contract to check the result against; one that there is not checks nothing')),
        sample: json('payload'),
      },
    ),
    answer: named('Preview'),
    handle: preview,
  }),
  route('GET /nodes/:id/last-input', {
    permission: 'ps-connect.edit',
    persons: 'shown',
    summary: 'The last payload that a mapping node saw, for its preview.',
    parameters: { id: text('node id') },
    answer: object({ payload: json('null = it has seen none') }),
    handle: async ({ parameters }) => ({ payload: lastInput(parameters.id) }),
  }),
];

async function preview({ body, signal }: Call<'POST /preview'>): Promise<Preview> {
  const { preset, expression, contract, sample } = body;
  try {
    const map = compileMapping({ ...(preset ? { preset } : {}), ...(expression ? { expression } : {}) });
    const result = (await map({ payload: sample }, signal)) as Json | undefined;
    return { result, issues: isContract(contract) ? contractIssues(contract, result) : [] };
  } catch (error) {
    const { message, words } = Failure.from(error);
    return { error: message, ...(words ? { words } : {}) };
  }
}

function isContract(name: string | null | undefined): name is ContractName {
  return contractNames.includes(name as ContractName);
}
