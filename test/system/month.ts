import { addDays } from '../../sandbox/firm/calendar-date.ts';
import type { Firm } from '../../sandbox/firm/firm.ts';
import type { Office } from '../../sandbox/firm/office.ts';
import { playBusinessDay, playBusinessMonth, type Played } from '../../sandbox/play-business-day.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server.ts';
import { type Check, compareBooks } from '../../scripts/start/compare-books.ts';
import { connectionEnvironment } from '../../scripts/start/environment.ts';
import { IntegrationOffice } from '../../scripts/start/integration-office.ts';
import { readBooks } from '../../scripts/start/read-books.ts';
import { templateFlows, templates } from '../../scripts/start/user-dir.ts';
import { MortalNodeRed } from '../chaos/mortal-node-red.ts';

/** What happens while the flows carry through what people did: from the moment on which people wait for it until it is done. */
export type Meanwhile = (look: number, carriedThrough: () => Promise<unknown>) => Promise<unknown>;

/** The firm's systems, and a real Node-RED with all template flows of the month, in a hurry; the month is played as `npm start` plays it. */
export class MonthOfTheFirm {
  readonly sandbox: Sandbox;
  readonly nodeRed: MortalNodeRed;
  private readonly office: IntegrationOffice;

  private constructor(sandbox: Sandbox, nodeRed: MortalNodeRed) {
    this.sandbox = sandbox;
    this.nodeRed = nodeRed;
    this.office = new IntegrationOffice({ editor: `${nodeRed.url}/`, patienceMs: 240_000 });
  }

  static async create(options: { seed: number; date: string }): Promise<MonthOfTheFirm> {
    const sandbox = await startSandbox({ basePort: 0, ...options });
    const hurried: Record<string, object> = {
      'psc-policy': { firstDelaySeconds: 0.2, maxDelaySeconds: 1, maxAttempts: 20 },
      'psc-policy-undo': { firstDelaySeconds: 0.2, maxDelaySeconds: 1, maxAttempts: 20 },
      'psc-kantata': { kantataSettleAfterMs: 300 },
    };
    const flows = templateFlows({ since: addDays(options.date, -90), intervalSeconds: 0.3, batchSeconds: 0.3 }, templates);
    const nodeRed = await MortalNodeRed.create(
      flows.map((node) => ({ ...node, ...hurried[node.id] })),
      connectionEnvironment(sandbox.access),
    );
    nodeRed.start();
    await nodeRed.ready();
    return new MonthOfTheFirm(sandbox, nodeRed);
  }

  get firm(): Firm {
    return this.sandbox.firm as Firm;
  }

  async play(meanwhile: Meanwhile = (_look, carriedThrough) => carriedThrough()): Promise<Played[]> {
    const { access } = this.sandbox;
    const { office, firm } = this;
    let looks = 0;
    const settled = () => meanwhile(looks++, () => office.settled());
    const watched: Office = { settled, decide: (...of) => office.decide(...of), tryAgain: (...of) => office.tryAgain(...of) };
    const played = [await playBusinessDay(access, { firm }), await playBusinessMonth(access, { firm, office: watched })];
    await settled();
    return played;
  }

  /** Figures that are not as the firm's own books say. */
  async differences(): Promise<Check[]> {
    const runs = await this.office.settled();
    return compareBooks(this.firm, await readBooks(this.sandbox.access), runs).filter(({ expected, found }) => expected !== found);
  }

  writes(): number {
    const { salesforce, netsuite, kantata } = this.sandbox;
    return [salesforce, netsuite, kantata].reduce((sum, { journal }) => sum + journal.entries.length, 0);
  }

  async end(): Promise<void> {
    await this.nodeRed.end();
    await this.sandbox.stop();
  }
}
