import 'should';
import { readFileSync } from 'node:fs';
import { operationIds, operations } from '../../declarations/operations.ts';
import { readPalette } from '../../scripts/build/palette.ts';
import { killCases } from '../chaos/kill-cases.ts';
import { allStreams } from '../chaos/streams/all-streams.ts';

const root = new URL('../../', import.meta.url);

describe('Every operation that writes', () => {
  const writing = operationIds.filter((id) => operations[id].shape === 'one' || operations[id].shape === 'batch');

  it('has a case in which the process is killed at every moment of it', () => {
    const covered = new Set(killCases.flatMap((each) => each.operations));
    writing.filter((id) => !covered.has(id)).should.deepEqual([]);
    [...covered].filter((id) => !writing.includes(id)).should.deepEqual([]);
  });

  /** By the type of a node what it may ask a system for. */
  const askedByNodes = async () => {
    const palette = await readPalette(root.pathname.replace(/\/$/, ''));
    return new Map<string, string[]>(
      palette.map(({ declaration: { type, fields } }) => [
        type,
        fields.flatMap((field) => ('can' in field ? ((field as { can?: string[] }).can ?? []) : [])),
      ]),
    );
  };

  it('is asked for by a node in the flows of its case', async () => {
    const asked = await askedByNodes();
    for (const { file, operations: said, test } of killCases) {
      const possible = new Set(test.flows.flatMap(({ type }) => asked.get(type) ?? []));
      said.filter((id) => !possible.has(id)).should.deepEqual([], file);
    }
  });

  it('is asked for by a flow that runs while everything goes wrong', async () => {
    const asked = await askedByNodes();
    const possible = new Set(allStreams().flatMap(({ stream }) => stream.flows.flatMap(({ type }) => asked.get(type) ?? [])));
    writing.filter((id) => !possible.has(id)).should.deepEqual([]);
    allStreams()
      .reduce((sum, { ofHundred }) => sum + ofHundred, 0)
      .should.equal(100);
  });

  it('stands with its cases in the table of proofs', () => {
    const text = readFileSync(new URL('docs/proofs.md', root), 'utf8');
    const rows = [...text.matchAll(/^\| `([a-z-]+\.[a-z]+)` \| (.*) \|$/gm)].map(([, id, cases]) => [
      id,
      [...cases!.matchAll(/`([a-z-]+-case)`/g)].map(([, file]) => file).sort(),
    ]);
    Object.fromEntries(rows).should.deepEqual(
      Object.fromEntries(
        writing.map((id) => [
          id,
          killCases
            .filter((each) => each.operations.includes(id))
            .map(({ file }) => file)
            .sort(),
        ]),
      ),
    );
  });
});
