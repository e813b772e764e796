/** Where all business APIs are, below Node-RED's root for HTTP nodes. */
export const apiRoot = '/business';

/** Whether a path below Node-RED's root for HTTP nodes is one at which business APIs are, or may come to be. */
export const isApiPath = (path: string): boolean => /^\/business\/(?:v\d+\/|outcomes\/|openapi\.json$)/.test(path);
