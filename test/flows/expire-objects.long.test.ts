import { describe, expect, it } from 'vitest';
import { consultationDocumentsPreprocessed } from '../../functions/consultation-documents/consultation-documents-preprocessed.contract.ts';
import { listVersions } from '../../lib/artifact/catalog.ts';
import { cleanUpReportSchema } from '../../lib/artifact/clean-up-old-artifacts.ts';
import type { Json } from '../../lib/json.ts';
import { aDocument, publishDocuments } from '../functions/consultation-documents/a-dataset.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const hourMs = 3_600_000;

/** Publishes versions of the dataset, so that the first is this old when the flow looks at it, and the rest younger. */
async function withFirstVersionAged(flows: FlowWorld, versions: number, [days, hours]: readonly [number, number]) {
  for (let index = 0; index < versions; index += 1) {
    const day = `2026-11-0${index + 1}`;
    await publishDocuments(flows.artifacts, [aDocument({ document_title: `Title ${index}` })], day);
    if (index === 0) await flows.clock.advance(days * 24 * hourMs + hours * hourMs - hourMs);
  }
}

const kept = async (flows: FlowWorld) =>
  (await listVersions(flows.artifacts, consultationDocumentsPreprocessed.name)).length;

describe('the flow expire-objects', () => {
  it.each([
    { name: 'keeps what is 59 days and 23 hours old', age: [59, 23], left: 3 },
    { name: 'keeps what is 60 days and 23 hours old', age: [60, 23], left: 3 },
    { name: 'deletes what is 61 days old', age: [61, 0], left: 2 },
  ] as const)('$name (worked case 10.13)', async ({ age, left }) => {
    await using flows = await openFlowWorld();
    await withFirstVersionAged(flows, 3, age);

    const report = cleanUpReportSchema.parse(outputOf(await flows.run('expire-objects', { keepNewest: 1 })));

    expect([report.versions.length, await kept(flows)]).toEqual([3 - left, left]);
  });

  it.each<{ name: string; input: Json; deleted: number; left: number }>([
    { name: 'the newest three', input: {}, deleted: 1, left: 3 },
    { name: 'as many as asked for', input: { keepNewest: 4 }, deleted: 0, left: 4 },
    { name: 'everything in a dry run', input: { dryRun: true }, deleted: 1, left: 4 },
  ])('keeps $name, however old they are', async ({ input, deleted, left }) => {
    await using flows = await openFlowWorld();
    await withFirstVersionAged(flows, 4, [1, 0]);
    await flows.clock.advance(100 * 24 * hourMs);

    const report = cleanUpReportSchema.parse(outputOf(await flows.run('expire-objects', input)));

    expect([report.versions.length, await kept(flows)]).toEqual([deleted, left]);
  });

  it('has to itself what is younger than that: the clean-up of all artifacts leaves it alone', async () => {
    await using flows = await openFlowWorld();
    await withFirstVersionAged(flows, 5, [60, 0]);

    const report = cleanUpReportSchema.parse(outputOf(await flows.run('clean-up-old-artifacts')));

    expect([report.versions.length, await kept(flows)]).toEqual([0, 5]);
    await flows.clock.advance(2 * 24 * hourMs);
    const later = cleanUpReportSchema.parse(outputOf(await flows.run('clean-up-old-artifacts')));
    expect([later.versions.length, await kept(flows)]).toEqual([1, 4]);
  });
});
