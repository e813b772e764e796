import type { KantataDesk } from './kantata-desk.ts';

/** Finds a project by its code as people see it there: in the external references that an integration has left. */
export class WorkspaceFinder {
  private readonly kantata: KantataDesk;
  private readonly found = new Map<string, string>();

  constructor(kantata: KantataDesk) {
    this.kantata = kantata;
  }

  async id(projectCode: string): Promise<string> {
    const known = this.found.get(projectCode);
    if (known) return known;
    const [reference] = await this.kantata.list('external_references', { subject_type: 'Workspace', service_model_ref: projectCode });
    if (!reference) throw new Error(`the PSA has no project ${projectCode}`);
    const id = String(reference['subject_id']);
    this.found.set(projectCode, id);
    return id;
  }
}
