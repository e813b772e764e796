import { businessDay } from '../../sandbox/firm/business-day.ts';
import { scriptDay } from '../../sandbox/firm/day-script.ts';
import { generateFirm } from '../../sandbox/firm/firm.ts';
import { KantataDesk } from '../../sandbox/firm/kantata-desk.ts';
import { kantataIds } from '../../sandbox/firm/kantata-ids.ts';
import { SalesforceDesk } from '../../sandbox/firm/salesforce-desk.ts';
import type { SandboxAccess } from '../../sandbox/firm/sandbox-access.ts';
import { TimeDesk } from '../../sandbox/firm/time-desk.ts';

/** Sales wins a sound deal of which no system has anything yet; answers its engagement code. */
export async function winADeal(access: SandboxAccess): Promise<string> {
  const firm = generateFirm(access.firm ?? {});
  const clients = {
    sales: new SalesforceDesk(access.salesforce),
    time: new TimeDesk(new KantataDesk(access.kantata), kantataIds(firm)),
  };
  const code = scriptDay(firm).wins[0]!.deal.code;
  const changed = await businessDay(firm)
    .find(({ what }) => what.startsWith(`sales wins ${code}`))!
    .run(clients);
  if (!changed) throw new Error(`${code} was won already`);
  return code;
}
