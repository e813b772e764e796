import { isCalendarDate } from '../../model/calendar-date.ts';
import { Failure } from '../../model/failure.ts';
import { inWords } from '../../model/failure-words.ts';

const dayMs = 86_400_000;

/** Until when an API is there. Days begin and end at midnight UTC. */
export interface ApiLifetime {
  headers: Record<string, string>;
  /** epoch ms from which it is not there any more */
  endsAt: number;
  successor: string | undefined;
}

/**
 * The headers by which callers learn of it: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and where to go instead. The form says the last day on which
 * calls are answered; the header, the moment from which they are not.
 */
export function apiLifetime(given: { deprecated: string; lastDay: string; successor: string }): ApiLifetime {
  const { deprecated, lastDay, successor } = given;
  for (const [field, value] of Object.entries({ deprecated, lastDay })) {
    if (value !== '' && !isCalendarDate(value))
      throw new Failure({ class: 'contract.invalid', ...inWords('API_DAY', { field }), field, value });
  }
  if (deprecated !== '' && lastDay !== '' && lastDay < deprecated)
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('API_DAY.order', { deprecated, lastDay }),
      field: 'lastDay',
      value: lastDay,
    });
  if (successor !== '' && !/^(?:https?:\/\/|\/)[\w.~:/?#[\]@!$&'()*+,;=%{}-]{1,500}$/.test(successor))
    throw new Failure({ class: 'contract.invalid', ...inWords('API_SUCCESSOR'), field: 'successor', value: successor });
  const endsAt = lastDay === '' ? Infinity : Date.parse(`${lastDay}T00:00:00Z`) + dayMs;
  return {
    headers: {
      ...(deprecated === '' ? {} : { Deprecation: `@${Date.parse(`${deprecated}T00:00:00Z`) / 1000}` }),
      ...(lastDay === '' ? {} : { Sunset: new Date(endsAt).toUTCString() }),
      ...(successor === '' ? {} : { Link: `<${successor}>; rel="successor-version"` }),
    },
    endsAt,
    successor: successor || undefined,
  };
}
