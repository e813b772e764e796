/**
 * Keeps credentials that change by use, for all instances that work with them. What is kept comes sealed: who keeps it cannot read it.
 * A credential is renewed by one at a time, who has the turn.
 */
export interface CredentialKeeper {
  /**
   * Takes the turn for `ms`, unless another holder has it: then undefined. Answers what is kept, if anything is. Whoever has not given the turn
   * back when its time is over has lost it.
   */
  borrowCredential(id: string, holder: string, ms: number, now: number): Promise<{ sealed?: string } | undefined>;
  /** Gives the turn back; `sealed` takes the place of what is kept. False when another holder has taken the turn meanwhile: nothing is changed. */
  returnCredential(id: string, holder: string, sealed: string | undefined, now: number): Promise<boolean>;
  forgetCredential(id: string): Promise<void>;
}

/** For as long as the process lives. */
export class MemoryCredentials implements CredentialKeeper {
  private readonly kept = new Map<string, { sealed?: string; holder?: string; until: number }>();

  async borrowCredential(id: string, holder: string, ms: number, now: number) {
    const row = this.kept.get(id);
    if (row?.holder !== undefined && row.holder !== holder && row.until > now) return undefined;
    const { sealed } = row ?? {};
    this.kept.set(id, { ...(sealed === undefined ? {} : { sealed }), holder, until: now + ms });
    return sealed === undefined ? {} : { sealed };
  }

  async returnCredential(id: string, holder: string, sealed: string | undefined) {
    const row = this.kept.get(id);
    if (row?.holder !== holder) return false;
    const value = sealed ?? row.sealed;
    this.kept.set(id, { ...(value === undefined ? {} : { sealed: value }), until: 0 });
    return true;
  }

  async forgetCredential(id: string) {
    this.kept.delete(id);
  }
}
