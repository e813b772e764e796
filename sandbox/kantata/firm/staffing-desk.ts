import type { StaffingDesk } from '../../firm/desks.ts';
import type { BookedPerson, StaffingAct } from '../../firm/month/staffing-script.ts';
import type { KantataDesk, KantataObject } from './kantata-desk.ts';
import type { KantataIds } from './ids.ts';
import type { WorkspaceFinder } from './workspace-finder.ts';

/** What resource managers do in Kantata. */
export class KantataStaffingDesk implements StaffingDesk {
  private readonly kantata: KantataDesk;
  private readonly ids: KantataIds;
  private readonly workspaces: WorkspaceFinder;

  constructor(kantata: KantataDesk, ids: KantataIds, workspaces: WorkspaceFinder) {
    this.kantata = kantata;
    this.ids = ids;
    this.workspaces = workspaces;
  }

  carryOut(act: StaffingAct): Promise<boolean> {
    if (act.kind === 'book') return this.book(act.booking);
    if (act.kind === 'fill') return this.fill(act.need, act.booking);
    return act.kind === 'change' ? this.change(act.booking) : this.release(act.booking);
  }

  /** Who is of the team was booked already, even if the booking is gone since. */
  private async book(booking: BookedPerson): Promise<boolean> {
    if (await this.place(booking)) return false;
    const [place] = await this.kantata.create('workspace_resources', {
      workspace_resource: {
        workspace_id: await this.workspaces.id(booking.project),
        user_id: this.ids.user(booking.person.code),
        role_id: this.ids.role(booking.person.role),
      },
    });
    await this.kantata.create('workspace_allocations', { workspace_allocation: { resource_id: place?.id, ...said(booking) } });
    return true;
  }

  private async fill(need: string, { person }: BookedPerson): Promise<boolean> {
    const [reference] = await this.kantata.list('external_references', { subject_type: 'WorkspaceResource', service_model_ref: need });
    if (!reference) throw new Error(`the PSA has no need ${need}`);
    const resource = String(reference['subject_id']);
    const open = await this.kantata.list('resource_requests', { pending_requests_only: 'true', include: 'resource' });
    const request = open.find((row) => String(row['resource_id']) === resource);
    if (!request) return false;
    await this.kantata.update(`resource_requests/${request.id}`, {
      resource_request: { request_resolution_status: 'approve', user_id: this.ids.user(person.code) },
    });
    return true;
  }

  /** A booking that is gone was changed before it went; so was one that has gone further since. */
  private async change(booking: BookedPerson): Promise<boolean> {
    const found = await this.allocation(booking);
    const wanted = said(booking);
    if (!found || Object.entries(wanted).every(([name, value]) => found[name] === value)) return false;
    await this.kantata.update(`workspace_allocations/${found.id}`, { workspace_allocation: wanted });
    return true;
  }

  private async release(booking: BookedPerson): Promise<boolean> {
    const found = await this.allocation(booking);
    if (!found) return false;
    await this.kantata.remove(`workspace_allocations/${found.id}`);
    return true;
  }

  private async allocation(booking: BookedPerson): Promise<KantataObject | undefined> {
    const place = await this.place(booking);
    if (!place) throw new Error(`${booking.person.code} is not on ${booking.project}`);
    const [found] = await this.kantata.list('workspace_allocations', { workspace_resource_ids: place.id });
    return found;
  }

  private async place({ project, person }: BookedPerson): Promise<KantataObject | undefined> {
    const [found] = await this.kantata.list('workspace_resources', {
      workspace_id: await this.workspaces.id(project),
      user_id: this.ids.user(person.code),
    });
    return found;
  }
}

const said = ({ start, end, minutes, certain }: BookedPerson) => ({ start_date: start, end_date: end, minutes, hard: certain });
