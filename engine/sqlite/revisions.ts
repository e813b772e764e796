import type { Json } from '../../model/json.ts';
import type { Revisions } from '../store/revisions.ts';
import { SqliteFile } from './sqlite-file.ts';

/** Flows as deployed. */
export abstract class SqliteRevisions extends SqliteFile implements Revisions {
  saveRevision(revision: string, flows: Json, now: number): Promise<void> {
    return this.db.write(() => {
      this.db.change(
        'INSERT INTO revisions (revision, flows, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
        revision,
        JSON.stringify(flows),
        now,
      );
    });
  }
}
