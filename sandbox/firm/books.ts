/** The figures of the books, by what a system is for the firm; what several hold of it is added up. */
export interface Books {
  erpProjects: number;
  erpTasks: number;
  erpEntries: number;
  erpMinutes: number;
  /** hundredths of what is billable, over all currencies */
  erpHundredths: number;
  psaProjects: number;
  psaDemands: number;
  /** deals that the CRM shows as provisioned */
  provisioned: number;
  /** deals that the CRM shows as failed */
  refused: number;
}

const nothing: Books = {
  erpProjects: 0,
  erpTasks: 0,
  erpEntries: 0,
  erpMinutes: 0,
  erpHundredths: 0,
  psaProjects: 0,
  psaDemands: 0,
  provisioned: 0,
  refused: 0,
};

export function sumOfBooks(parts: readonly Partial<Books>[]): Books {
  const sum = { ...nothing };
  for (const part of parts) for (const name of Object.keys(sum) as (keyof Books)[]) sum[name] += part[name] ?? 0;
  return sum;
}
