/** Of one or more names parted by slashes, so that it stands in an address as it is: `events/time-approved`. */
const form = /^\/?[A-Za-z0-9._~-]+(?:\/[A-Za-z0-9._~-]+)*\/?$/;

/** A path below Node-RED's root for HTTP nodes, with one slash in front and none behind; undefined = it cannot be one. */
export function webhookPath(text: string): string | undefined {
  const trimmed = text.trim();
  // a client takes dots out before it asks
  if (!form.test(trimmed) || trimmed.length > 200 || /(?:^|\/)\.\.?(?:\/|$)/.test(trimmed)) return undefined;
  return `/${trimmed.replace(/^\/|\/$/g, '')}`;
}
