import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Found {
  id: string;
  help: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** What axe finds wrong in a part of the page, one line for each rule; without a part, on the whole page with its landmarks. */
export async function barriers(page: Page, part?: string): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate(async (part) => {
    const { axe } = globalThis as unknown as { axe: { run(context: unknown, options: object): Promise<{ violations: Found[] }> } };
    return (await axe.run(part ?? document, { resultTypes: ['violations'] })).violations;
  }, part);
  return found.map(
    ({ id, help, nodes }) =>
      `${id} (${help}): ${nodes.map((node) => `${JSON.stringify(node.target)} ${(node.failureSummary ?? '').split('\n').slice(1, 2).join('')}`).join(' | ')}`,
  );
}
