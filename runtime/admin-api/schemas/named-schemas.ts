import type { Fields } from '../schema.ts';
import { apiKeySchemas } from './api-key-schemas.ts';
import { approvalSchemas } from './approval-schemas.ts';
import { crosswalkSchemas } from './crosswalk-schemas.ts';
import { failureSchemas } from './failure-schemas.ts';
import { journalSchemas } from './journal-schemas.ts';
import { reconciliationSchemas } from './reconciliation-schemas.ts';
import { resultSchemas } from './result-schemas.ts';
import { runSchemas } from './run-schemas.ts';
import { systemSchemas } from './system-schemas.ts';

/** What the admin API speaks of, by the names that its OpenAPI document and the generated types have. */
export const namedSchemas: Fields = {
  ...failureSchemas,
  ...runSchemas,
  ...approvalSchemas,
  ...reconciliationSchemas,
  ...journalSchemas,
  ...crosswalkSchemas,
  ...apiKeySchemas,
  ...systemSchemas,
  ...resultSchemas,
};
