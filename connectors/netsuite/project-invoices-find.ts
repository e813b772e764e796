import type { ProjectAsked, ProjectInvoices } from '../../model/operations.ts';
import { invoicesOfProject } from './records/project-invoices.ts';
import { projectAsked } from './records/project-there.ts';
import type { ReferenceData } from './records/reference-data.ts';
import type { NetSuiteApi } from './wire.ts';
import type { SuiteQl } from './wire/suiteql.ts';

/** What a project was invoiced, and what became of it. A project without invoices is found, and was billed nothing. */
export async function findInvoices(
  parts: { api: NetSuiteApi; suiteQl: SuiteQl; references: ReferenceData },
  asked: ProjectAsked,
  signal: AbortSignal,
): Promise<ProjectInvoices> {
  const { project: key, legalEntity } = asked;
  const project = await projectAsked(parts, asked, signal);
  if (!project) return { key, found: false, legalEntity };
  return { key, found: true, legalEntity, ...(await invoicesOfProject(parts, project.id, signal)) };
}
