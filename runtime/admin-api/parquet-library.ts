import { ByteWriter } from 'hyparquet-writer/src/bytewriter.js';
import { writeDataPageV2 } from 'hyparquet-writer/src/datapage.js';
import { writeMetadata } from 'hyparquet-writer/src/metadata.js';

/** Imported late, by the first file that somebody takes; of it only what plain pages need is in the package (scripts/build/late-files.ts). */
export { ByteWriter, writeDataPageV2, writeMetadata };
