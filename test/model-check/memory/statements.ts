import { heard } from '../../../engine/heard.ts';
import type { RunId } from '../../../engine/store/runs.ts';
import type { Heard, Stated, Statement, Statements } from '../../../engine/store/statements.ts';
import { MemoryConnection } from './connection.ts';

/** What was said last of each field by its owner. */
export abstract class MemoryStatements extends MemoryConnection implements Statements {
  async statementKey(proposed: string): Promise<string> {
    return (this.disk.statementKey ??= proposed);
  }

  async state(statement: Statement, run: RunId, token: number): Promise<{ [field: string]: Heard }> {
    const { node, record, system, at, fields } = statement;
    const { seq } = this.mustBeUnderWay(run, token);
    const answer = Object.entries(fields).map(([field, digest]): [string, Heard] => {
      const place = JSON.stringify([record, node, field]);
      const before = this.disk.statements.get(place);
      const standing = before && { ...before, status: this.find(before.run)?.status };
      const how = heard({ system, digest, ...(at === undefined ? {} : { at }) }, { run, seq }, standing);
      const by = how === 'known' && before ? before.run : run;
      if (how !== 'overtaken') {
        this.disk.statements.delete(place); // said last
        this.disk.statements.set(place, { record, field, system, digest, at, run: by, seq });
      }
      return [field, how];
    });
    return Object.fromEntries(answer);
  }

  async stated(record: string): Promise<Stated[]> {
    const these = [...this.disk.statements.values()].filter((one) => one.record === record);
    return these.map(({ field, system, digest }) => ({ field, system, digest }));
  }

  async forgetStatements(record: string): Promise<number> {
    const these = [...this.disk.statements].filter(([, one]) => one.record === record);
    for (const [place] of these) this.disk.statements.delete(place);
    return these.length;
  }
}
