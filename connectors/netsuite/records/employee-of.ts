import { inWords } from '../../../model/failure-words.ts';
import { type Employee, missing } from './reference-data.ts';

/** The employee that a person of another system is: an active one with his e-mail address; where there are none but inactive ones, the newest. */
export function employeeOf({ email, id }: { id: string; email?: string }, employees: ReadonlyMap<string, readonly Employee[]>): Employee {
  const all = email ? (employees.get(email.trim().toLowerCase()) ?? []) : [];
  const active = all.filter((employee) => employee.active);
  if (active.length > 1) {
    throw missing('resource.email', email ?? '', inWords('EMPLOYEE_AMBIGUOUS', { count: active.length, email: email ?? '' }));
  }
  const employee = active[0] ?? all.at(-1);
  if (employee) return employee;
  throw email
    ? missing('resource.email', email, inWords('EMPLOYEE_UNKNOWN', { email }))
    : missing('resource.email', id, inWords('EMPLOYEE_UNKNOWN.no-address', { id }));
}
