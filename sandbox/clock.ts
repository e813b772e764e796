/** The sandbox's time. It follows the machine's clock, shifted; `set` moves it so that business days can be played at speed. */
export class SandboxClock {
  private offset = 0;

  now = (): Date => new Date(Date.now() + this.offset);

  set(instant: Date): void {
    this.offset = instant.getTime() - Date.now();
  }
}
