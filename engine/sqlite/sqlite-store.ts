import { composed } from '../store/composed.ts';
import type { Store } from '../store.ts';
import { SqliteApiKeys } from './api-keys.ts';
import { SqliteApprovals } from './approvals.ts';
import { SqliteCredentials } from './credentials.ts';
import { SqliteCrosswalk } from './crosswalk.ts';
import { SqliteEffects } from './effects.ts';
import { SqliteEngagements } from './engagements.ts';
import { SqliteForgetting } from './forgetting.ts';
import { SqliteJournal } from './journal.ts';
import { SqliteMeasurements } from './measurements.ts';
import { SqlitePersonActs } from './person-acts.ts';
import { SqliteReconciliations } from './reconciliations.ts';
import { SqliteRevisions } from './revisions.ts';
import { SqliteRunLists } from './run-lists.ts';
import { SqliteRuns } from './runs.ts';
import { SqliteSavedFilters } from './saved-filters.ts';
import { SqliteSources } from './sources.ts';
import { SqliteFile } from './sqlite-file.ts';
import { SqliteStatements } from './statements.ts';
import { SqliteUndoing } from './undoing.ts';

const Areas = composed(
  SqliteFile,
  SqliteRuns,
  SqliteRunLists,
  SqlitePersonActs,
  SqliteUndoing,
  SqliteEffects,
  SqliteApprovals,
  SqliteJournal,
  SqliteReconciliations,
  SqliteMeasurements,
  SqliteEngagements,
  SqliteRevisions,
  SqliteCredentials,
  SqliteStatements,
  SqliteSources,
  SqliteCrosswalk,
  SqliteApiKeys,
  SqliteSavedFilters,
  SqliteForgetting,
);

/** The embedded store: one file below the Node-RED user directory, nothing to install. */
export class SqliteStore extends Areas implements Store {}
