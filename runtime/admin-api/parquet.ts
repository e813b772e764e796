import { gzipSync } from 'node:zlib';
import type { CompressionCodec, FileMetaData, RowGroup, SchemaElement } from 'hyparquet';
import { pauses } from '../../engine/turns.ts';
import { forms } from './parquet-columns.ts';
import type * as lateLibrary from './parquet-library.ts';
import type { ColumnType, Line, Table } from './table.ts';

export const parquetType = 'application/vnd.apache.parquet';

type Library = typeof lateLibrary;

/** So much of the file is held until it is sent: its columns stand one behind the other in each group of lines. */
const groupBytes = 4 * 1024 * 1024;
const mark = Buffer.from('PAR1');

/**
 * A table as a Parquet file, piece by piece. Each page is written as it comes, so that what is held is a group of lines at the most, and others have
 * their turns after each column of it. Without its end, which comes last, nobody can read it: a file that is cut is none.
 */
export async function* parquetOf({ columns, pages }: Table): AsyncGenerator<Uint8Array> {
  const library = await import('./parquet-library.ts');
  const kinds = Object.entries(columns);
  const groups: RowGroup[] = [];
  const pause = pauses(1);
  let group = new Group(library, kinds);
  let offset = mark.length;
  const ended = () => {
    const { pieces, told } = group.end(offset);
    group = new Group(library, kinds);
    groups.push(told);
    offset += Number(told.total_compressed_size);
    return groups.length === 1 ? [mark, ...pieces] : pieces; // what goes wrong in the first group can still be said
  };
  for await (const lines of pages) {
    if (lines.length === 0) continue;
    for (const column of group.columns) {
      column.add(lines);
      const turn = pause();
      if (turn) await turn;
    }
    group.lines += lines.length;
    if (group.held() >= groupBytes) yield* ended();
  }
  if (group.lines > 0 || groups.length === 0) yield* ended();
  yield endOf(library, kinds, groups);
}

/** Lines that stand together, column by column. */
class Group {
  readonly columns: Column[];
  lines = 0;

  constructor(library: Library, kinds: [name: string, ColumnType][]) {
    this.columns = kinds.map(([name, type]) => new Column(library, name, type));
  }

  held(): number {
    return this.columns.reduce((sum, { writer }) => sum + writer.offset, 0);
  }

  /** Its bytes, and what the end of the file says of it when it begins at `offset`. */
  end(offset: number): { pieces: Uint8Array[]; told: RowGroup } {
    const told: RowGroup['columns'] = [];
    let at = offset;
    for (const column of this.columns) {
      told.push({ file_offset: BigInt(at), meta_data: column.told(this.lines, at) });
      at += column.writer.offset;
    }
    return {
      pieces: this.columns.map(({ writer }) => writer.getBytes()),
      told: {
        columns: told,
        total_byte_size: BigInt(this.columns.reduce((sum, { unpacked }) => sum + unpacked, 0)),
        total_compressed_size: BigInt(at - offset),
        num_rows: BigInt(this.lines),
      },
    };
  }
}

const codec: CompressionCodec = 'GZIP';
const encoding = 'PLAIN';

/** One column of a group. */
class Column {
  readonly writer: InstanceType<Library['ByteWriter']>;
  /** bytes that its pages have when they are read */
  unpacked = 0;
  private readonly library: Library;
  private readonly name: string;
  private readonly type: ColumnType;

  constructor(library: Library, name: string, type: ColumnType) {
    this.library = library;
    this.writer = new library.ByteWriter();
    this.name = name;
    this.type = type;
  }

  /** One page. */
  add(lines: readonly Line[]): void {
    const { name, type, writer } = this;
    const values = lines.map((line) => {
      const value = line[name] ?? undefined;
      return value === undefined ? undefined : forms[type].written(value, name);
    });
    const element = elementOf(name, type);
    const column = {
      ...{ columnName: name, element, schemaPath: [element], codec, compressors: { [codec]: (bytes: Uint8Array) => gzipSync(bytes) } },
      ...{ stats: false, pageSize: 0, columnIndex: false, offsetIndex: false },
    };
    const definitionLevels = values.map((value) => (value === undefined ? 0 : 1));
    const pageData = { values, definitionLevels, repetitionLevels: [], maxDefinitionLevel: 1 };
    this.unpacked += this.library.writeDataPageV2({ writer, column, encoding, pageData });
  }

  told(lines: number, offset: number): NonNullable<RowGroup['columns'][number]['meta_data']> {
    return {
      ...{ type: elementOf(this.name, this.type).type!, path_in_schema: [this.name] },
      ...{ codec, encodings: [encoding, 'RLE'], num_values: BigInt(lines), data_page_offset: BigInt(offset) },
      ...{ total_uncompressed_size: BigInt(this.unpacked), total_compressed_size: BigInt(this.writer.offset) },
    };
  }
}

const elementOf = (name: string, type: ColumnType): SchemaElement => ({ name, repetition_type: 'OPTIONAL', ...forms[type].element });

/** What stands at the end: all columns, and where each group is. */
function endOf({ ByteWriter, writeMetadata }: Library, kinds: [name: string, ColumnType][], groups: RowGroup[]): Uint8Array {
  const writer = new ByteWriter();
  const schema = [{ name: 'root', num_children: kinds.length }, ...kinds.map(([name, type]) => elementOf(name, type))];
  const lines = groups.reduce((sum, { num_rows }) => sum + num_rows, 0n);
  const told: Omit<FileMetaData, 'metadata_length'> = { version: 2, created_by: 'PS Connect', schema, num_rows: lines, row_groups: groups };
  writeMetadata(writer, told as FileMetaData);
  writer.appendBytes(mark);
  return writer.getBytes();
}
