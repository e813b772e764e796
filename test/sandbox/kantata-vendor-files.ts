import { existsSync, readFileSync } from 'node:fs';

/** Contracts and recorded answers of the vendor, kept beside the repository and never in it. */
const folder = new URL('../../../shared/vendor/', import.meta.url);

/** Skips the suite, loudly, on a machine that does not hold them. */
export function needVendorFiles(suite: Mocha.Context): void {
  if (existsSync(folder)) return;
  console.warn('\n  !!! VENDOR FILES ABSENT: the Kantata sandbox is NOT checked against contract and captures !!!\n');
  suite.skip();
}

export const vendorText = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
export const vendorJson = <T>(path: string): T => JSON.parse(vendorText(path)) as T;

export interface SwaggerProperty {
  type: string;
  items?: SwaggerProperty;
  'x-only-with-include'?: boolean;
  'x-optional-field'?: boolean;
}

export interface Swagger {
  definitions: Record<string, { properties: Record<string, SwaggerProperty> }>;
  paths: Record<string, Record<string, { requestBody?: { properties: Record<string, { required: string[] }> } }>>;
}

export interface GemResource {
  attributes?: string[];
  create_attributes?: string[];
  update_attributes?: string[];
  associations?: Record<string, { foreign_key: string; collection: string }>;
}

export interface TapSchema {
  properties: Record<string, { type: string | string[] }>;
}

export interface Exchange {
  request: { method: string; uri: string; body: string };
  response: { status: { code: number }; body: Record<string, unknown> };
}
