import { randomUUID } from 'node:crypto';
import type { SavedFilter as Kept } from '../../engine/store/saved-filters.ts';
import { inWords } from '../../model/failure-words.ts';
import type { Done, SavedFilter } from './admin-api.generated.ts';
import type { Listed } from './run-criteria.ts';
import { reason, reasonIn } from './reason.ts';
import { ApiProblem, type Call, type Route, route } from './route.ts';
import { isFoundByAll, seesPersons } from './run-routes.ts';
import { filterOfConsole } from './schemas/run-schemas.ts';
import { listOf, named, object, oneOf, text } from './schema.ts';

const name = text('once in its list, whatever the case of its letters', { minLength: 1, maxLength: 80, pattern: '\\S' });
const list = oneOf(['runs', 'dead-letters'] satisfies readonly Listed[], 'of what it is one');
const ofFilter = { id: text('of the filter') };

/** Filters that have a name are for all of the firm: whoever looks after runs saves them, and whoever sees runs looks by them. */
export const savedFilterRoutes: Route[] = [
  route('GET /saved-filters', {
    permission: 'ps-connect.read',
    persons: 'shown-to-editors',
    summary: 'Filters of runs and dead letters that have a name. One that looks for a person is told to who has `ps-connect.edit` alone.',
    answer: listOf(named('SavedFilter')),
    handle: seenBy,
  }),
  route('POST /saved-filters', {
    permission: 'ps-connect.replay',
    summary: 'Gives a filter a name.',
    body: object({ list, name, filter: filterOfConsole }, { reason }),
    answer: object({ id: text() }),
    problems: { 409: 'Its list has a filter of this name: it stays as it is' },
    handle: save,
  }),
  route('POST /saved-filters/:id/rename', {
    permission: 'ps-connect.replay',
    summary: 'Gives a saved filter another name.',
    parameters: ofFilter,
    body: object({ name }, { reason }),
    answer: named('Done'),
    problems: { 404: 'There is no such filter', 409: 'Its list has another filter of this name' },
    handle: async (call) => {
      const { pack, parameters, body, actor } = call;
      await mustSee(call, parameters.id);
      const done = await pack.engine.store.renameFilter(parameters.id, body.name.trim(), { actor, ...reasonIn(body) }, pack.clock.now());
      if (done === 'taken') throw taken(body.name);
      return told(done === 'renamed');
    },
  }),
  route('POST /saved-filters/:id/delete', {
    permission: 'ps-connect.replay',
    summary: 'Deletes a saved filter.',
    parameters: ofFilter,
    body: object({}, { reason }),
    answer: named('Done'),
    problems: { 404: 'There is no such filter' },
    handle: async (call) => {
      const { pack, parameters, body, actor } = call;
      await mustSee(call, parameters.id);
      return told(await pack.engine.store.deleteFilter(parameters.id, { actor, ...reasonIn(body) }, pack.clock.now()));
    },
  }),
];

async function save({ pack, body, actor, caller, signal }: Call<'POST /saved-filters'>): Promise<{ id: string }> {
  const { store } = pack.engine;
  const [id, filter] = [randomUUID(), body.filter as Kept['filter']];
  const { search } = filter;
  // whoever sees no persons cannot have found one
  const namesPerson = Boolean(search) && seesPersons(caller) && !(await isFoundByAll({ pack, signal }, search!));
  const given = { id, list: body.list, name: body.name.trim(), filter, namesPerson };
  if (!(await store.saveFilter(given, { actor, ...reasonIn(body) }, pack.clock.now()))) throw taken(body.name);
  return { id };
}

async function seenBy({ pack, caller }: Pick<Call, 'pack' | 'caller'>): Promise<SavedFilter[]> {
  const all = await pack.engine.store.savedFilters();
  return all.filter(({ namesPerson }) => !namesPerson || seesPersons(caller)).map(({ namesPerson: _hidden, ...shown }) => shown);
}

/** One that is not told of is not there. */
async function mustSee(call: Pick<Call, 'pack' | 'caller'>, id: string): Promise<void> {
  if (!(await seenBy(call)).some((one) => one.id === id)) throw new ApiProblem(404, inWords('API.no-filter'));
}

const taken = (called: string) => new ApiProblem(409, inWords('API.filter-taken', { name: called.trim() }));

function told(done: boolean): Done {
  if (!done) throw new ApiProblem(404, inWords('API.no-filter'));
  return { ok: true };
}
