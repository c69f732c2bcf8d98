import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { geoTimeseriesInput } from '../../functions/geo-timeseries/flow-inputs.contract.ts';
import type { Json } from '../../lib/json.ts';
import { type ExpectedFile, expectSameFile } from '../functions/geo-timeseries/compare-outputs.ts';
import { decodeTile } from '../functions/geo-timeseries/decode-tile.ts';
import {
  geoTestDataFiles,
  geoTestDataListing,
  hasSharedData,
  miniWeightedFiles,
  wholeRunRequest,
} from '../functions/geo-timeseries/whole-run.ts';
import { type FlowWorld, openFlowWorld, outputOf } from './flow-world.ts';

const output = z.object({ outputUrl: z.string(), files: z.int(), pointerKey: z.string() });

describe.skipIf(!hasSharedData)('the flow geo-timeseries, compared with whole runs of the original', () => {
  it('makes the same files of a model run', async () => {
    await using flows = await openFlowWorld();

    const files = await filesOf(flows, { ...wholeRunRequest('model'), compat: true });

    expect([...files.keys()].sort()).toEqual(geoTestDataListing().sort());
    expectSameFiles(files, geoTestDataFiles());
  }, 30_000);

  it('makes the same files of a run with weights, qualifiers and dirty data', async () => {
    await using flows = await openFlowWorld();

    const files = await filesOf(flows, { ...wholeRunRequest('x_mini_weighted'), compat: true });

    const expected = miniWeightedFiles();
    expect([...files.keys()].sort()).toEqual([...expected.keys()].sort());
    expectSameFiles(files, expected);
  }, 30_000);
});

describe.skipIf(!hasSharedData)('the flow geo-timeseries', () => {
  it('gives equal bytes for equal input, and takes an earlier request again for some outputs', async () => {
    await using flows = await openFlowWorld();
    const request = {
      ...wholeRunRequest('model'),
      selected_output_tasks: ['compute_global_timeseries', 'compute_regional_stats'],
    };
    const first = output.parse(outputOf(await flows.run('geo-timeseries', request as Json, 'first'))); // made of JSON

    const again = output.parse(outputOf(await flows.run('geo-timeseries', request as Json, 'again')));
    const reprocess = { execution: 'first', selected_output_tasks: ['compute_regional_stats'] };
    const some = output.parse(outputOf(await flows.run('geo-timeseries', { reprocess }, 'some')));

    expect(again.outputUrl).toBe(first.outputUrl);
    const pointer = JSON.parse(Buffer.from((await flows.artifacts.read(some.pointerKey)).bytes).toString());
    expect(pointer).toMatchObject({
      bucket: 'models-test',
      version: expect.stringMatching(/-some$/),
      groups: {
        compute_global_timeseries: expect.stringMatching(/-first$/),
        compute_regional_stats: expect.stringMatching(/-some$/),
      },
    });
  }, 30_000);

  it.each([
    { name: 'a name that is not known', input: { data_path: ['x'] }, problem: 'data_path' },
    {
      name: 'a group of outputs that there is not',
      input: { data_paths: ['x'], selected_output_tasks: ['tiles'] },
      problem: 'selected_output_tasks',
    },
    { name: 'credentials', input: { data_paths: ['x'], source: { secret: 'x' } }, problem: 'source' },
    {
      name: 'a request beside an earlier one',
      input: { reprocess: { execution: 'x' }, model_id: 'm' },
      problem: 'model_id',
    },
  ])('refuses $name', ({ input, problem }) => {
    const parsed = geoTimeseriesInput.safeParse(input);

    expect(parsed.success).toBe(false);
    expect(z.prettifyError(parsed.error ?? new z.ZodError([]))).toContain(problem);
  });
});

async function filesOf(flows: FlowWorld, request: Record<string, unknown>): Promise<Map<string, Uint8Array>> {
  const { outputUrl, files: count } = output.parse(outputOf(await flows.run('geo-timeseries', request as Json))); // made of JSON
  const prefix = `${outputUrl.slice(outputUrl.indexOf('artifacts/'))}/`;
  const files = new Map<string, Uint8Array>();
  for await (const { key } of flows.artifacts.list(prefix)) {
    files.set(key.slice(prefix.length), (await flows.artifacts.read(key)).bytes);
  }
  expect(count).toBe(files.size);
  return files;
}

function expectSameFiles(files: ReadonlyMap<string, Uint8Array>, expected: ReadonlyMap<string, ExpectedFile>): void {
  for (const [key, file] of expected) {
    const bytes = files.get(key) ?? new Uint8Array();
    const text = () => Buffer.from(bytes).toString();
    const content = { csv: text, json: () => JSON.parse(text()), tile: () => decodeTile(bytes) };
    expectSameFile(content[file.format](), key.endsWith('/raw.csv') ? withoutDefects(file) : file, key);
  }
}

/** Raw rows of the original may have times that are no integers and figures that are no numbers, which readers refuse. */
function withoutDefects(file: ExpectedFile): ExpectedFile {
  const text = (file.text ?? '').replaceAll(/^(-?\d+)\.0,/gm, '$1,').replaceAll(/(?<=,)-?inf(?=[,\n])/g, '');
  return { ...file, text };
}
