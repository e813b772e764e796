/** records of one query of a poll, where nothing else is wanted */
export const usualPage = 200;
/** the most that Salesforce puts into one answer: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_queryoptions.htm */
export const largestPage = 2_000;

export const pageSizeOf = (wanted = usualPage): number => Math.min(Math.max(wanted, 1), largestPage);
