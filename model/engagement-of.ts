/** Code of the engagement that a project is a part of. */
export function engagementOf(project: string, legalEntity: string | undefined): string {
  const share = `-${legalEntity ?? ''}`;
  return legalEntity && project.endsWith(share) && project.length > share.length ? project.slice(0, -share.length) : project;
}
