import type { CredentialKeeper } from '../model/kept-credential.ts';
import { apiKeyCalls, type ApiKeys } from './store/api-keys.ts';
import { approvalCalls, type ApprovalStore } from './store/approvals.ts';
import type { Calls } from './store/calls.ts';
import { credentialCalls } from './store/credentials.ts';
import { type Crosswalk, crosswalkCalls } from './store/crosswalk.ts';
import { effectCalls, type EffectStore } from './store/effects.ts';
import { engagementCalls, type Engagements } from './store/engagements.ts';
import { type Forgetting, forgettingCalls } from './store/forgetting.ts';
import { journalCalls, type JournalStore } from './store/journal.ts';
import { lifeCalls, type StoreLife } from './store/life.ts';
import { measurementCalls, type Measurements } from './store/measurements.ts';
import { personActCalls, type PersonActs } from './store/person-acts.ts';
import { reconciliationCalls, type Reconciliations } from './store/reconciliations.ts';
import { revisionCalls, type Revisions } from './store/revisions.ts';
import { runListCalls, type RunLists } from './store/run-lists.ts';
import { runCalls, type RunStore } from './store/runs.ts';
import { savedFilterCalls, type SavedFilters } from './store/saved-filters.ts';
import { sourceCalls, type Sources } from './store/sources.ts';
import { statementCalls, type Statements } from './store/statements.ts';
import { undoingCalls, type UndoingStore } from './store/undoing.ts';

/**
 * Where runs live, in areas (`engine/store/`); each store has a file of its own for each of them. Every method is one transaction: when its promise
 * resolves, the change is on disk. The same contract suites run on each implementation (test/engine/store-contract.ts).
 */
export interface Store
  extends
    StoreLife,
    RunStore,
    RunLists,
    PersonActs,
    UndoingStore,
    EffectStore,
    ApprovalStore,
    JournalStore,
    Reconciliations,
    Measurements,
    Engagements,
    Revisions,
    CredentialKeeper,
    Statements,
    Sources,
    Crosswalk,
    ApiKeys,
    SavedFilters,
    Forgetting {}

/** All that a store can be asked. */
export const storeCalls = {
  ...lifeCalls,
  ...runCalls,
  ...runListCalls,
  ...personActCalls,
  ...undoingCalls,
  ...effectCalls,
  ...approvalCalls,
  ...journalCalls,
  ...reconciliationCalls,
  ...measurementCalls,
  ...engagementCalls,
  ...revisionCalls,
  ...credentialCalls,
  ...statementCalls,
  ...sourceCalls,
  ...crosswalkCalls,
  ...apiKeyCalls,
  ...savedFilterCalls,
  ...forgettingCalls,
} satisfies Calls<Store>;
