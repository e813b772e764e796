import { Failure } from '../../../model/failure.ts';
import { inWords } from '../../../model/failure-words.ts';

export interface QuietHours {
  quiet: 'never' | 'nights' | 'nights-weekends';
  /** full hours, 0 to 23: `from` 20 `until` 7 is the night */
  quietFrom: number;
  quietUntil: number;
  /** of the IANA; empty = where Node-RED runs */
  timeZone: string;
}

/** Whether somebody may be disturbed at a moment (epoch ms). */
export function quietHours({ quiet, quietFrom, quietUntil, timeZone }: QuietHours): (now: number) => boolean {
  if (quiet === 'never') return () => false;
  const clock = clockOf(timeZone.trim());
  const isNight = (hour: number) =>
    quietFrom <= quietUntil ? hour >= quietFrom && hour < quietUntil : hour >= quietFrom || hour < quietUntil;
  return (now) => {
    const { weekday, hour } = Object.fromEntries(clock.formatToParts(now).map(({ type, value }) => [type, value]));
    return isNight(Number(hour)) || (quiet === 'nights-weekends' && (weekday === 'Sat' || weekday === 'Sun'));
  };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const parts = { weekday: 'short', hour: '2-digit', hourCycle: 'h23' } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...parts, ...(timeZone === '' ? {} : { timeZone }) });
  } catch {
    throw new Failure({
      class: 'contract.invalid',
      ...inWords('TIME_ZONE_UNKNOWN', { zone: timeZone }),
      field: 'timeZone',
      value: timeZone,
    });
  }
}
