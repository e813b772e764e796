import type { Resource } from './resource.ts';

/** All resources by collection. Filled once by `resources.ts`, so that associations can name collections that are declared later. */
class Registry {
  private readonly resources = new Map<string, Resource>();

  add(resource: Resource): void {
    this.resources.set(resource.collection, resource);
  }

  get(collection: string): Resource | undefined {
    return this.resources.get(collection);
  }

  /** External references call a timesheet or expense report a `Submission`; the first of that name is the timesheet. */
  bySubject(subjectType: string): Resource | undefined {
    const name = subjectType === 'Submission' ? 'TimesheetSubmission' : subjectType;
    return this.all().find((resource) => resource.subjectType === name);
  }

  all(): Resource[] {
    return [...this.resources.values()];
  }
}

export const registry = new Registry();
