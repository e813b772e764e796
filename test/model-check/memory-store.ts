import { composed } from '../../engine/store/composed.ts';
import type { Store } from '../../engine/store.ts';
import { MemoryApiKeys } from './memory/api-keys.ts';
import { MemoryApprovals } from './memory/approvals.ts';
import { MemoryKeptCredentials } from './memory/credentials.ts';
import { MemoryCrosswalk } from './memory/crosswalk.ts';
import { MemoryEffects } from './memory/effects.ts';
import { MemoryEngagements } from './memory/engagements.ts';
import { MemoryForgetting } from './memory/forgetting.ts';
import { MemoryJournal } from './memory/journal.ts';
import { MemoryMeasurements } from './memory/measurements.ts';
import { MemoryPersonActs } from './memory/person-acts.ts';
import { MemoryReconciliations } from './memory/reconciliations.ts';
import { MemoryRevisions } from './memory/revisions.ts';
import { MemoryRunLists } from './memory/run-lists.ts';
import { MemoryRuns } from './memory/runs.ts';
import { MemoryConnection } from './memory/connection.ts';
import { MemorySavedFilters } from './memory/saved-filters.ts';
import { MemorySources } from './memory/sources.ts';
import { MemoryStatements } from './memory/statements.ts';
import { MemoryUndoing } from './memory/undoing.ts';

const Areas = composed(
  MemoryConnection,
  MemoryRuns,
  MemoryRunLists,
  MemoryPersonActs,
  MemoryUndoing,
  MemoryEffects,
  MemoryApprovals,
  MemoryJournal,
  MemoryReconciliations,
  MemoryMeasurements,
  MemoryEngagements,
  MemoryRevisions,
  MemoryKeptCredentials,
  MemoryStatements,
  MemorySources,
  MemoryCrosswalk,
  MemoryApiKeys,
  MemorySavedFilters,
  MemoryForgetting,
);

/** A store without a disk, of the same contract as the others: each method changes everything or nothing, at once. */
export class MemoryStore extends Areas implements Store {}
