import type { Overview } from './answers.ts';

export type Right = 'replay' | 'edit' | 'approve' | 'configure' | 'map';

/** What the signed-in person may do, as the admin API says with each overview. It decides; the console only offers nothing in vain. */
export class Rights {
  private said: Pick<Overview, 'may' | 'signsIn'> | undefined;
  private readonly listeners = new Set<() => void>();

  get known(): boolean {
    return this.said !== undefined;
  }

  /** Nobody signs in: who asks cannot be told from who approves. */
  get nobodySignsIn(): boolean {
    return this.said?.signsIn === false;
  }

  /** While it is not known it is offered: the answer says then what is missing. */
  has(right: Right): boolean {
    return this.said?.may?.includes(`ps-connect.${right}`) ?? true;
  }

  take(overview: Pick<Overview, 'may' | 'signsIn'>): void {
    this.said = { may: overview.may, signsIn: overview.signsIn };
    for (const listener of this.listeners) listener();
  }

  /** Calls back whenever they may have changed; the answer stops that. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
