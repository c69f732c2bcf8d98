import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { runRequest } from '../../functions/geo-timeseries/flow-inputs.contract.ts';
import { root } from '../support/source-files.ts';

const sampleGeo = (...args: string[]) =>
  promisify(execFile)(process.execPath, [join(root, 'bin/sample-geo.ts'), ...args], { encoding: 'utf8' });

describe('npm run sample:geo', () => {
  it('writes a dataset, and the request with which the flow reads it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sample-geo-'));
    const { stdout } = await sampleGeo('--rows', '500', '--qualifiers', '3', '--out', folder);

    const { rows, dataFile, request } = JSON.parse(stdout);

    expect(rows).toBe(500);
    expect(runRequest.parse(JSON.parse(await readFile(request, 'utf8')))).toMatchObject({
      data_paths: [dataFile],
      qualifier_map: { rainfall: ['crop'], crop_production: ['crop'] },
    });
    await rm(folder, { recursive: true });
  });

  it.each([
    { args: ['--rows', 'many'], problem: "--rows is 'many'; it takes a whole number of 1 or more" },
    { args: ['--countries', '900'], problem: "--countries is '900'; there is room for 400" },
    { args: ['--row', '5'], problem: "Unknown option '--row'" },
  ])('refuses $args with a sentence', async ({ args, problem }) => {
    await expect(sampleGeo(...args)).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining(problem) });
  });
});
