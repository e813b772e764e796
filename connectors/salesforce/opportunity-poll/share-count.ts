const mostPatience = 3_200;

/**
 * In how many shares a selection is asked for. Too much at once makes them more; when it has gone well for a while, fewer are tried again, since an org
 * that was slow for an hour would be asked many times over for ever. Each trial that fails is followed by a longer while.
 */
export class ShareCount {
  private shares: number;
  private readonly least: number;
  private readonly most: number;
  /** reads that went well since the count was changed */
  private well = 0;
  private patience: number;
  private readonly firstPatience: number;
  private isTrial = false;

  constructor({ least, most, patience = 100 }: { least: number; most: number; patience?: number }) {
    this.shares = least;
    this.least = least;
    this.most = most;
    this.patience = patience;
    this.firstPatience = patience;
  }

  get count(): number {
    return this.shares;
  }

  wentWell(): void {
    this.well++;
    if (this.shares <= this.least || this.well < this.patience) return;
    if (this.isTrial) this.patience = this.firstPatience; // the one before has stood its time
    this.shares = Math.max(this.least, Math.ceil(this.shares / 2));
    this.isTrial = true;
    this.well = 0;
  }

  /** More shares, if there can be more. */
  wasTooMuch(): boolean {
    if (this.shares >= this.most) return false;
    this.patience = this.isTrial ? Math.min(this.patience * 2, mostPatience) : this.firstPatience;
    this.isTrial = false;
    this.shares = Math.min(this.shares * 2, this.most);
    this.well = 0;
    return true;
  }
}
