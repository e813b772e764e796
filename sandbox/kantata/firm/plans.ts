import { addDays, instant } from '../../firm/calendar-date.ts';
import type { Firm } from '../../firm/firm.ts';
import type { KantataIds } from './ids.ts';
import type { KantataRow } from './row.ts';
import { plannedMinutes } from '../../firm/planned-minutes.ts';

/** What the PSA knows of the weeks to come: hard allocations of the project teams, and leave. */
export function planRows(firm: Firm, ids: KantataIds): Record<string, KantataRow[]> {
  const stamp = instant(addDays(firm.week0, -30), '12:00');
  const stamps = { created_at: stamp, updated_at: stamp };
  return {
    workspace_allocations: firm.team.flatMap((booking, index) => {
      const { contractStart, contractEnd } = booking.project.engagement;
      if (!contractStart || !contractEnd || firm.closedProjects.includes(booking.project.code)) return [];
      const row = {
        id: String(47_001 + index),
        workspace_resource_id: ids.resource(`${booking.project.code}|${booking.person.code}`),
        workspace_id: ids.workspace(booking.project.code),
        start_date: contractStart,
        end_date: contractEnd,
        minutes: plannedMinutes(booking, firm, contractStart, contractEnd),
        hard: true,
        ...stamps,
      };
      return [row];
    }),
    time_off_entries: firm.leave.map((off, index) => ({
      id: String(49_001 + index),
      user_id: ids.user(off.person.code),
      requested_date: off.date,
      submission_date: addDays(firm.week0, -30),
      hours: off.minutes / 60,
      ...stamps,
    })),
  };
}
