/** One state of a record as it was saved: stamped at once, seen by others only when its transaction commits. */
export interface Version {
  record: number;
  /** grows with each save of the record */
  number: number;
  /** epoch ms, whole seconds: as both systems show it */
  stamp: number;
  visibleAt: number;
  /** the record left the list (approval withdrawn, deal lost) */
  gone: boolean;
}

/** Records of a system at which others work while we read. Row locks keep saves of one record one after the other. */
export class ScriptedRecords {
  now = Date.UTC(2026, 10, 23, 8);
  private readonly versions = new Map<number, Version[]>();

  wait(seconds: number): void {
    this.now += seconds * 1_000;
  }

  save(record: number, lagSeconds: number, gone: boolean): void {
    const versions = this.versions.get(record) ?? [];
    const last = versions.at(-1);
    if (last && last.visibleAt > this.now) return; // locked
    const stamp = Math.floor(this.now / 1_000) * 1_000;
    versions.push({ record, number: versions.length + 1, stamp, visibleAt: this.now + lagSeconds * 1_000, gone });
    this.versions.set(record, versions);
  }

  /** What a reader gets now, oldest stamp first, ties by id. */
  list(): Version[] {
    const visible = [...this.versions.values()].flatMap((versions) => versions.findLast(({ visibleAt }) => visibleAt <= this.now) ?? []);
    return visible.filter(({ gone }) => !gone).sort((left, right) => left.stamp - right.stamp || left.record - right.record);
  }
}

export const nameOf = ({ record, number }: Pick<Version, 'record' | 'number'>) => `${record}v${number}`;
