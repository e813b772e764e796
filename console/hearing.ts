import { type After, browserAfter } from './live-refresh.ts';

/** Node-RED's channel to its editors has a beat each quarter of a minute, whatever happens: three that are missing are silence. */
const silenceMs = 50_000;

/** Whether something is heard: tells when it begins, and when nothing has come for too long, also where no end of the connection is noticed. */
export class Hearing {
  private readonly told: (hears: boolean) => void;
  private readonly after: After;
  private hears = false;
  private cancel: (() => void) | undefined;

  constructor(told: (hears: boolean) => void, after: After = browserAfter) {
    this.told = told;
    this.after = after;
  }

  /** Something has come, whatever it is. */
  sign(): void {
    this.cancel?.();
    this.cancel = this.after(silenceMs, () => this.lost());
    this.tell(true);
  }

  /** Nothing more will come. */
  lost(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.tell(false);
  }

  private tell(hears: boolean): void {
    if (hears === this.hears) return;
    this.hears = hears;
    this.told(hears);
  }
}
