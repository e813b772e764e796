/**
 * The script id of a record type that the firm has made for itself. https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_158100110171.html
 */
export type CustomRecordType = `customrecord${string}`;

export function isCustomRecordType(id: string): id is CustomRecordType {
  return /^customrecord[a-z0-9_]{1,60}$/.test(id);
}
