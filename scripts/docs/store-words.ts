import { readSettings } from '../../runtime/settings.ts';

/** Whether `PSCONNECT_STORE` may be the address of a PostgreSQL database: asked of the code that reads it. */
export function sharedStoreCanBeChosen(): boolean {
  try {
    readSettings(undefined, '.', { PSCONNECT_STORE: 'postgres://user@localhost/database' });
    return true;
  } catch {
    return false;
  }
}

/** What a person who runs several Node-REDs must know. */
export function severalInstances(chosen = sharedStoreCanBeChosen()): string {
  return chosen
    ? 'On the embedded store one process; on the shared store any number. Set `PSCONNECT_STORE=postgres://user:password@host:5432/database` on each; flows and connections must be the same on all: [shared-store.md](shared-store.md).'
    : 'One process for each store. The shared store for several ([shared-store.md](shared-store.md)) **cannot be chosen by a setting yet**. For availability run one Node-RED that a supervisor starts again, with the store on a disk that moves with it.';
}

/** The same in the README's settings. */
export function storeChoice(chosen = sharedStoreCanBeChosen()): string {
  return chosen
    ? '`PSCONNECT_STORE` may also be `postgres://user:password@host:5432/database`: one store for several Node-REDs, see [shared-store.md](docs/shared-store.md).'
    : '`PSCONNECT_STORE` takes a file. The PostgreSQL store for several Node-REDs is in the code but **cannot be chosen by a setting yet**: [shared-store.md](docs/shared-store.md).';
}
