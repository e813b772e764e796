import { readFileSync } from 'node:fs';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { type FlowNode, LiveNodeRed } from './live-node-red.ts';
import { winADeal } from './win-a-deal.ts';

/** A template flow on the sandbox, in which sales has just won a deal. */
export interface TemplateAtWork {
  sandbox: Sandbox;
  live: LiveNodeRed;
  /** code of the deal, a sound one: neither system has anything of it */
  deal: string;
  /** the template as it is imported, but that deals are looked for from the beginning, and all the time; not deployed yet */
  flow: FlowNode[];
}

/** Begins before the tests of a suite, and ends after them. @param file in `flows/` @param environment beside that of the connections */
export function templateAtWork(file: string, environment: Record<string, string> = {}): TemplateAtWork {
  const given = JSON.parse(readFileSync(new URL(`../../flows/${file}`, import.meta.url), 'utf8')) as FlowNode[];
  const at = {
    flow: given.map((one) =>
      /^salesforce-(opportunity|account)-in$/.test(one.type) ? { ...one, since: '2020-01-01', intervalSeconds: 0.5 } : one,
    ),
  } as TemplateAtWork;
  before(async () => {
    at.sandbox = await startSandbox({ basePort: 0 });
    at.deal = await winADeal(at.sandbox.access);
    at.live = await LiveNodeRed.start({ environment: { ...connectionEnvironment(at.sandbox.access), ...environment } });
  });
  after(async () => {
    await at.live?.end();
    await at.sandbox?.stop();
  });
  return at;
}
