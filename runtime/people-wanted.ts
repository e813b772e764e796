import { availabilityIssue, listOf, textOf } from '../model/availability-wanted.ts';
import type { PeopleWanted } from '../model/operations.ts';
import { Failure } from '../model/failure.ts';
import type { Message } from './message.ts';
import { messageValue } from './message-values.ts';
import type { PackNode } from './pack-node.ts';

/** What a message asks for; a Failure names the field that cannot be asked. */
export function wantedBy(base: PackNode): (message: Message) => Promise<PeopleWanted> {
  const read = {
    from: messageValue(base, 'from'),
    to: messageValue(base, 'to'),
    role: messageValue(base, 'role'),
    skills: messageValue(base, 'skills'),
    region: messageValue(base, 'region'),
  };
  return async (message) => {
    const [from, to] = [await read.from(message), await read.to(message)];
    const issue = availabilityIssue(from, to);
    if (issue) throw new Failure({ class: 'contract.invalid', ...issue });
    const role = textOf('role', await read.role(message));
    const skills = listOf('skills', await read.skills(message));
    const region = textOf('region', await read.region(message));
    return {
      from: from as string,
      to: to as string,
      ...(role === undefined ? {} : { role }),
      ...(skills.length === 0 ? {} : { skills }),
      ...(region === undefined ? {} : { region }),
    };
  };
}
