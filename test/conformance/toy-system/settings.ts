import { wholeSetting, wrongSetting } from '../../../connectors/kit/setting-checks.ts';

/** What holds where nothing is given: the form begins with it. */
export const defaults = { timeoutMs: 30_000 } as const;

export interface TallySettings {
  baseUrl: string;
  apiKey: string;
  timeoutMs: number;
}

/** The settings, complete and checked; a Failure names the field that is wrong. */
export function tallySettings({ baseUrl = '', apiKey = '', timeoutMs }: Partial<TallySettings>): TallySettings {
  if (!apiKey) {
    throw wrongSetting('tally', 'apiKey', { message: 'The Tally connection has no key.', remedy: 'Enter the key of the integration.' });
  }
  return { baseUrl, apiKey, timeoutMs: wholeSetting('tally', { most: 600_000, standard: defaults.timeoutMs }, 'timeoutMs', timeoutMs) };
}
