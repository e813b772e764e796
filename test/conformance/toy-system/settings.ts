import { wholeSetting, wrongSetting } from '../../../connectors/kit/setting-checks.ts';

/** What holds where nothing is given: the form begins with it. */
export const defaults = { timeoutMs: 30_000 } as const;

export interface AbacoSettings {
  baseUrl: string;
  apiKey: string;
  timeoutMs: number;
}

/** The settings, complete and checked; a Failure names the field that is wrong. */
export function abacoSettings({ baseUrl = '', apiKey = '', timeoutMs }: Partial<AbacoSettings>): AbacoSettings {
  if (!apiKey) {
    throw wrongSetting('abaco', 'apiKey', { message: 'The Abaco connection has no key.', remedy: 'Enter the key of the integration.' });
  }
  return { baseUrl, apiKey, timeoutMs: wholeSetting('abaco', { most: 600_000, standard: defaults.timeoutMs }, 'timeoutMs', timeoutMs) };
}
