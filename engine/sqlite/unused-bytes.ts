import { fstatSync, readSync, writeSync } from 'node:fs';

/**
 * SQLite's `secure_delete` overwrites a row that is deleted, but not the copies of it that were left behind when a page was
 * split and its rows moved to a neighbour: those lie in the page's unallocated part, for years. This overwrites all that
 * the file format calls unused, and nothing else (https://www.sqlite.org/fileformat2.html): pages of the free list, the
 * unallocated part and the free blocks of b-tree pages, the end of the last page of an overflow chain. A death in the middle does no harm:
 * each byte is either as it was, or a zero that nobody reads.
 *
 * The file must be this process's alone, its `-wal` empty, and no page of it in SQLite's cache.
 */
export class UnusedBytes {
  private readonly fd: number;
  private readonly size: number;
  private readonly usable: number;
  private readonly free: Set<number>;
  readonly pages: number;

  constructor(fd: number) {
    const header = Buffer.alloc(100);
    readSync(fd, header, 0, 100, 0);
    const size = header.readUInt16BE(16);
    this.fd = fd;
    this.size = size === 1 ? 65_536 : size;
    this.usable = this.size - (header[20] as number);
    this.pages = Math.floor(fstatSync(fd).size / this.size);
    const known = header.toString('latin1', 0, 16) === 'SQLite format 3\0' && header.readUInt32BE(52) === 0;
    // above that, a page of a chain could look like one of a tree; a file with pointer maps is not ours
    if (!known || this.size < 512 || this.pages >= 0x02000000) throw new Error('The layout of the file is another than expected.');
    this.free = this.freePages(header.readUInt32BE(32), header.readUInt32BE(36));
  }

  /** Overwrites what is unused in these pages, counted from 1. */
  wipe(from: number, to: number): void {
    const last = Math.min(to, this.pages);
    const block = Buffer.alloc(Math.max(0, last - from + 1) * this.size);
    readSync(this.fd, block, 0, block.length, (from - 1) * this.size);
    for (let number = from; number <= last; number++) {
      const page = block.subarray((number - from) * this.size, (number - from + 1) * this.size);
      if (this.free.has(number) ? zero(page, 0, this.size) : this.wipePage(page, number === 1 ? 100 : 0)) this.write(page, number);
    }
  }

  /** Leaves of the free list hold nothing; its trunks, the numbers of the leaves. */
  private freePages(first: number, count: number): Set<number> {
    const free = new Set<number>();
    for (let trunk = first, seen = 0; trunk > 0 && trunk <= this.pages && seen <= count; seen++) {
      const page = this.read(trunk);
      const leaves = Math.min(page.readUInt32BE(4), this.usable / 4 - 2);
      for (let leaf = 0; leaf < leaves; leaf++) free.add(page.readUInt32BE(8 + 4 * leaf));
      if (zero(page, 8 + 4 * leaves, this.size)) this.write(page, trunk);
      trunk = page.readUInt32BE(0);
    }
    return free;
  }

  /** True when something was overwritten. A page that does not look as it should is left alone. */
  private wipePage(page: Buffer, start: number): boolean {
    const kind = page[start] as number;
    if (!treePages.has(kind)) return false;
    const cells = page.readUInt16BE(start + 3);
    const pointers = start + (kind === tableInner || kind === indexInner ? 12 : 8);
    const content = page.readUInt16BE(start + 5) || 65_536;
    const unused = pointers + 2 * cells;
    if (unused > content || content > this.usable) return false;
    for (let cell = 0; cell < cells && kind !== tableInner; cell++) {
      this.wipeChainOf(page, page.readUInt16BE(pointers + 2 * cell), kind);
    }
    let changed = zero(page, unused, content);
    for (let block = page.readUInt16BE(start + 1), before = 0; block > before && block + 4 <= this.usable;) {
      const size = page.readUInt16BE(block + 2);
      if (zero(page, block + 4, Math.min(block + size, this.usable))) changed = true;
      before = block;
      block = page.readUInt16BE(block);
    }
    return changed;
  }

  /** A long row goes on in a chain of pages, the last of which it does not fill. */
  private wipeChainOf(page: Buffer, cell: number, kind: number): void {
    const [length, body] = integerAt(page, kind === indexInner ? cell + 4 : cell);
    const payload = kind === tableLeaf ? integerAt(page, body)[1] : body;
    const most = kind === tableLeaf ? this.usable - 35 : Math.floor(((this.usable - 12) * 64) / 255) - 23;
    if (length <= most) return;
    const least = Math.floor(((this.usable - 12) * 32) / 255) - 23;
    const fitting = least + ((length - least) % (this.usable - 4));
    const here = fitting <= most ? fitting : least;
    let next = payload + here + 4 <= this.usable ? page.readUInt32BE(payload + here) : 0;
    let rest = length - here;
    while (next > 1 && next <= this.pages && rest > this.usable - 4) {
      next = this.read(next, 4).readUInt32BE(0);
      rest -= this.usable - 4;
    }
    if (next <= 1 || next > this.pages) return;
    const last = this.read(next);
    if (last.readUInt32BE(0) === 0 && zero(last, 4 + rest, this.size)) this.write(last, next);
  }

  private read(number: number, bytes = this.size): Buffer {
    const page = Buffer.alloc(bytes);
    readSync(this.fd, page, 0, bytes, (number - 1) * this.size);
    return page;
  }

  private write(page: Buffer, number: number): void {
    writeSync(this.fd, page, 0, this.size, (number - 1) * this.size);
  }
}

const indexInner = 2;
const tableInner = 5;
const tableLeaf = 13;
const treePages: ReadonlySet<number> = new Set([indexInner, tableInner, 10, tableLeaf]);

function zero(page: Buffer, from: number, to: number): boolean {
  let used = from;
  while (used < to && page[used] === 0) used++;
  if (used >= to) return false;
  page.fill(0, used, to);
  return true;
}

/** A number of one to nine bytes, seven bits each, and where the next begins. */
function integerAt(page: Buffer, at: number): [value: number, next: number] {
  let value = 0;
  for (let byte = 0; byte < 8; byte++) {
    const bits = page[at + byte] ?? 0;
    value = value * 128 + (bits & 127);
    if (bits < 128) return [value, at + byte + 1];
  }
  return [value * 256 + (page[at + 8] ?? 0), at + 9];
}
