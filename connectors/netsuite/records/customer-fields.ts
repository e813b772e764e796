import { isObject } from '../../../model/json.ts';
import { CachedRead } from '../../kit/cached-read.ts';
import type { NetSuiteApi } from '../wire.ts';
import { noneIfRefused } from './reference-data.ts';

/** accounts change their features seldom */
const maxAgeMs = 10 * 60_000;

/**
 * Which fields a customer has, for this account and role. A record leaves out what is empty and what is not there alike: with SuiteTax a tax number is
 * no field of the customer, and is not taken for none. `GET /record/v1/metadata-catalog/customer`:
 * https://docs.oracle.com/en/cloud/saas/netsuite/ns-online-help/section_1540810168.html
 */
export class CustomerFields {
  private readonly read: CachedRead<ReadonlySet<string>>;

  constructor(api: NetSuiteApi) {
    this.read = new CachedRead(async () => {
      const body = await api.schemaOf('customer').catch(noneIfRefused);
      const properties = isObject(body) ? body['properties'] : undefined;
      return new Set(isObject(properties) ? Object.keys(properties) : []);
    }, maxAgeMs);
  }

  /** None where NetSuite does not show them: of an empty field nothing is said then. */
  names(): Promise<ReadonlySet<string>> {
    return this.read.get();
  }
}
