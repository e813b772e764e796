import { Failure } from '../model/failure.ts';

/** Whether the store works, as what is asked of it shows; sources pause while it does not. */
export class StoreHealth {
  failure: Failure | undefined;
  private readonly told: (failure: Failure | undefined) => void;

  /** `told` at each failure, and when it works again. */
  constructor(told: (failure: Failure | undefined) => void) {
    this.told = told;
  }

  /** Notes what comes of it. */
  async guard<T>(work: Promise<T>): Promise<T> {
    try {
      const value = await work;
      this.worksAgain();
      return value;
    } catch (error) {
      if (Failure.is(error) && error.code.startsWith('STORE_')) this.troubled(error);
      throw error;
    }
  }

  worksAgain(): void {
    if (!this.failure) return;
    this.failure = undefined;
    this.told(undefined);
  }

  troubled(error: unknown): void {
    this.failure = Failure.from(error);
    this.told(this.failure);
  }
}
