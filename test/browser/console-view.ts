import type { Locator, Page } from 'playwright-core';

/** The PS Connect console, in the sidebar of the editor or on its own page, in the words of somebody who looks after runs. */
export class ConsoleView {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  part(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  async show(tab: 'runs' | 'dead' | 'approvals' | 'maps' | 'connections' | 'reconcile' | 'board' | 'kpis'): Promise<void> {
    await this.part(`psc-tab-${tab}`).click();
  }

  /** The number in the strip at the top. */
  async count(name: 'running' | 'waiting' | 'dead' | 'done'): Promise<number> {
    return Number(((await this.part(`psc-count-${name}`).textContent()) ?? '').replace(/\D/g, ''));
  }

  /** Waits until the number in the strip is as wanted. */
  async untilCount(name: 'running' | 'waiting' | 'dead' | 'done', wanted: number): Promise<void> {
    const locator = this.part(`psc-count-${name}`);
    await locator.filter({ hasText: new RegExp(`^\\D*${wanted}\\D*$`) }).waitFor();
  }

  /** In a narrow sidebar the details lie over the list: back to the list. */
  async backToList(): Promise<void> {
    const back = this.part('psc-back');
    if (await back.isVisible()) await back.click();
  }

  /** Opens the first dead letter with this cause; answers its run. */
  async openDeadLetter(code: string): Promise<string> {
    await this.backToList();
    const letter = this.part('psc-dead-group')
      .and(this.page.locator(`[data-code="${code}"]`))
      .getByTestId('psc-dead-letter')
      .first();
    await letter.getByTestId('psc-dead-open').click();
    const details = this.part('psc-run-details');
    await details.waitFor();
    return (await details.getAttribute('data-run'))!;
  }
}
