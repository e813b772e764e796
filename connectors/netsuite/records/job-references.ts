import { inWords } from '../../../model/failure-words.ts';
import { called } from '../../../model/record-names.ts';
import type { Project } from '../../../model/types.generated.ts';
import { unlessAborted } from '../../http/unless-aborted.ts';
import type { JobReferences } from '../erp-project-create/project-bodies.ts';
import type { NetSuiteSettings } from '../settings.ts';
import type { NetSuiteApi } from '../wire.ts';
import type { SuiteQl } from '../wire/suiteql.ts';
import { aboutRecord } from './about-record.ts';
import { customerBook, customerKey, isCustomer } from './customer-lookup.ts';
import { externalIdOf } from './external-id.ts';
import { sameButForCase } from './id-taken.ts';
import { missing, noneIfRefused, type ReferenceData } from './reference-data.ts';

export interface ProjectParts {
  api: NetSuiteApi;
  suiteQl: SuiteQl;
  references: ReferenceData;
  settings: NetSuiteSettings;
}

/** Internal ids of all that projects refer to: a missing one is told before anything is written. */
export async function jobReferences(parts: ProjectParts, projects: Project[], signal: AbortSignal): Promise<JobReferences[]> {
  const { references, settings } = parts;
  const customerOf = (project: Project) => customerKey(project.account.code, project.legalEntity);
  const managers = projects.flatMap((project) => (project.deliveryManagerEmail ? [project.deliveryManagerEmail] : []));
  const employees =
    managers.length > 0 ? await unlessAborted(references.employeesByEmail(managers), signal).catch(noneIfRefused) : undefined;
  const places = await unlessAborted(
    Promise.all(
      projects.map((project) =>
        aboutRecord(called.project(project.code), async () => ({
          subsidiary: (await references.subsidiary(project.legalEntity)).id,
          currency: await references.currency(project.currency),
        })),
      ),
    ),
    signal,
  );
  const wanted = projects.map((project, index) => ({ ...project, subsidiary: places[index]!.subsidiary }));
  const book = customerBook(parts, wanted, signal);
  const customers = await Promise.all(projects.map((project) => book.before(customerOf(project))));
  return projects.map((project, index) => {
    const customer = customers[index];
    if (customer && !isCustomer(customer, wanted[index]!))
      throw sameButForCase(called.customer(customerOf(project)), customerOf(project), customer);
    if (customer === undefined) {
      const key = customerOf(project);
      throw missing(
        'account.code',
        key,
        inWords('CUSTOMER_UNKNOWN', { customer: key, project: project.code, externalId: externalIdOf(key) }),
        { record: called.project(project.code) },
      );
    }
    const place = places[index]!;
    // the manager is a convenience: named when an active employee of the project's own subsidiary, since NetSuite refuses others
    const manager = employees
      ?.get(project.deliveryManagerEmail?.trim().toLowerCase() ?? '')
      ?.find((employee) => employee.active && employee.subsidiaryId === place.subsidiary);
    return {
      ...place,
      customer: customer.id,
      projectExpenseType: settings.projectExpenseType,
      ...(manager ? { projectManager: manager.id } : {}),
    };
  });
}
