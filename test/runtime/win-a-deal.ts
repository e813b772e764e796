import { businessDay } from '../../sandbox/firm/business-day.ts';
import { scriptDay } from '../../sandbox/firm/day-script.ts';
import { generateFirm } from '../../sandbox/firm/firm.ts';
import { desksOf } from '../../sandbox/play-business-day.ts';
import type { SandboxAccess } from '../../sandbox/sandbox-access.ts';

/** Sales wins a sound deal of which no system has anything yet; answers its engagement code. */
export async function winADeal(access: SandboxAccess): Promise<string> {
  const firm = generateFirm(access.firm ?? {});
  const code = scriptDay(firm).wins[0]!.deal.code;
  const changed = await businessDay(firm)
    .find(({ what }) => what.startsWith(`sales wins ${code}`))!
    .run(desksOf(access, firm));
  if (!changed) throw new Error(`${code} was won already`);
  return code;
}
