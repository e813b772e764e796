import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fromJSON, loadSync, type PackageDefinition } from '@grpc/proto-loader';
import should from 'should';
import { descriptor } from '../../connectors/salesforce-platform/pub-sub/descriptor.ts';

const vendor = fileURLToPath(new URL('../../../shared/vendor/salesforce/pubsub_api.proto', import.meta.url));
const own = fileURLToPath(new URL('../../sandbox/salesforce/pubsub/pub-sub.proto', import.meta.url));

/** Each field of each message as `name number type`, each method as its path and directions. */
function shapes(definition: PackageDefinition): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const [name, entry] of Object.entries(definition)) {
    if ('type' in entry && typeof entry.type === 'object') {
      const { field = [], value = [] } = entry.type as { field?: Field[]; value?: { name: string; number: number }[] };
      found[name] = [
        ...field.map((one) => `${one.name.replaceAll('_', '').toLowerCase()} ${one.number} ${one.type} ${one.label}`),
        ...value.map((one) => `${one.name} ${one.number}`),
      ];
    } else {
      found[name] = Object.values(entry as Record<string, Method>).map((one) => `${one.path} ${one.requestStream} ${one.responseStream}`);
    }
  }
  return found;
}
interface Field {
  name: string;
  number: number;
  type: string;
  label: string;
}
interface Method {
  path: string;
  requestStream: boolean;
  responseStream: boolean;
}

describe('The interface of the Pub/Sub API', function () {
  let theirs: Record<string, string[]>;
  before(function () {
    if (existsSync(vendor)) {
      theirs = shapes(loadSync(vendor));
      return;
    }
    console.warn('\n*** SKIPPED: ../shared/vendor/salesforce/pubsub_api.proto is absent; nothing is compared with Salesforce. ***\n');
    this.skip();
  });

  for (const [what, ours] of [
    ['the connector', () => shapes(fromJSON(descriptor as never))],
    ['the simulator', () => shapes(loadSync(own))],
  ] as const) {
    it(`has in ${what} the vendor's names, numbers and types`, () => {
      for (const [name, lines] of Object.entries(ours())) {
        should(theirs).have.property(name);
        should(lines.filter((line) => !theirs[name]!.includes(line))).deepEqual([], name);
      }
    });
  }
});
