import { composed } from '../store/composed.ts';
import type { Store } from '../store.ts';
import { PostgresApiKeys } from './api-keys.ts';
import { PostgresApprovals } from './approvals.ts';
import { PostgresCredentials } from './credentials.ts';
import { PostgresCrosswalk } from './crosswalk.ts';
import { PostgresEffects } from './effects.ts';
import { PostgresEngagements } from './engagements.ts';
import { PostgresForgetting } from './forgetting.ts';
import { PostgresJournal } from './journal.ts';
import { PostgresMeasurements } from './measurements.ts';
import { PostgresPersonActs } from './person-acts.ts';
import { PostgresReconciliations } from './reconciliations.ts';
import { PostgresRevisions } from './revisions.ts';
import { PostgresRunLists } from './run-lists.ts';
import { PostgresRuns } from './runs.ts';
import { PostgresDatabase } from './postgres-database.ts';
import { PostgresSavedFilters } from './saved-filters.ts';
import { PostgresSources } from './sources.ts';
import { PostgresStatements } from './statements.ts';
import { PostgresUndoing } from './undoing.ts';

const Areas = composed(
  PostgresDatabase,
  PostgresRuns,
  PostgresRunLists,
  PostgresPersonActs,
  PostgresUndoing,
  PostgresEffects,
  PostgresApprovals,
  PostgresJournal,
  PostgresReconciliations,
  PostgresMeasurements,
  PostgresEngagements,
  PostgresRevisions,
  PostgresCredentials,
  PostgresStatements,
  PostgresSources,
  PostgresCrosswalk,
  PostgresApiKeys,
  PostgresSavedFilters,
  PostgresForgetting,
);

/** The shared store: one PostgreSQL schema for any number of instances. */
export class PostgresStore extends Areas implements Store {}
