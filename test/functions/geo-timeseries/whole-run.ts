import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../support/source-files.ts';
import type { ExpectedFile } from './compare-outputs.ts';

export const dataFolder = join(root, '../shared/data/geo-timeseries');
export const hasSharedData = existsSync(dataFolder);

interface WholeRunCase {
  readonly name: string;
  readonly input: {
    readonly parameters: Readonly<Record<string, unknown>> & { readonly data_paths: readonly string[] };
  };
}

/** The request of a whole run of the shared data, with its files where they lie. */
export function wholeRunRequest(name: string): Record<string, unknown> {
  const { cases }: { cases: WholeRunCase[] } = JSON.parse(
    readFileSync(join(dataFolder, 'cases/whole_run.json'), 'utf8'),
  );
  const parameters = cases.find((one) => one.name === name)?.input.parameters;
  if (!parameters) throw new Error(`there is no whole run '${name}'`);
  return { ...parameters, data_paths: parameters.data_paths.map((file) => join(dataFolder, file)) };
}

/** Every file of the run over geo-test-data.parquet: sizes of all by key, content of all. */
export function geoTestDataFiles(): Map<string, ExpectedFile> {
  const folder = join(dataFolder, 'expected/geo-test-data');
  const tiles: Record<string, unknown> = JSON.parse(
    readFileSync(join(dataFolder, 'expected/geo-test-data.tiles.json'), 'utf8'),
  );
  const files = globSync('**/*.{csv,json}', { cwd: folder }).filter((file) => !file.endsWith('.tile.json'));
  return new Map([
    ...files.map((file): [string, ExpectedFile] => {
      const text = readFileSync(join(folder, file), 'utf8');
      const expected: ExpectedFile = file.endsWith('.csv')
        ? { format: 'csv', text }
        : { format: 'json', content: JSON.parse(text) };
      return [`geo-test-data/${file}`, expected];
    }),
    ...Object.entries(tiles).map(([file, content]): [string, ExpectedFile] => [
      withModel(file),
      { format: 'tile', content },
    ]),
  ]);
}

function withModel(file: string): string {
  return file.startsWith('geo-test-data/') ? file : `geo-test-data/${file}`;
}

/** Keys in the listing of the run. */
export function geoTestDataListing(): string[] {
  const text = readFileSync(join(dataFolder, 'expected/geo-test-data.listing.txt'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => withModel(line.replace(/^\s*\d+\s+/, '').replace(/^\.\//, '')));
}

export function miniWeightedFiles(): Map<string, ExpectedFile> {
  const { files }: { files: Record<string, { text?: string; json?: unknown; tile?: unknown }> } = JSON.parse(
    readFileSync(join(dataFolder, 'expected/mini-weighted.files.json'), 'utf8'),
  );
  return new Map(
    Object.entries(files).map(([key, { text, json, tile }]): [string, ExpectedFile] => {
      if (text !== undefined) return [key, { format: 'csv', text }];
      return [key, tile === undefined ? { format: 'json', content: json } : { format: 'tile', content: tile }];
    }),
  );
}
