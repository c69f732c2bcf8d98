import type { Manifest } from '../../../lib/artifact/manifest.ts';
import type { ArtifactContract } from '../../../lib/contract.ts';
import type { PublishedFile } from './published-file.ts';

/** A table of the dataset: what it promises, and the version that was copied. */
export interface CardTable {
  readonly contract: ArtifactContract;
  readonly manifest: Manifest;
  readonly files: readonly PublishedFile[];
}

/** Names as dataset hosts sort datasets by size. */
const sizes = [
  [1_000, 'n<1K'],
  [10_000, '1K<n<10K'],
  [100_000, '10K<n<100K'],
  [1_000_000, '100K<n<1M'],
] as const;

/**
 * The dataset card: front matter that dataset hosts read, then for people what the tables are, of which version, and
 * what should be known about how they were made.
 */
export function datasetCard(tables: readonly CardTable[]): string {
  const rows = Math.max(0, ...tables.map(({ manifest }) => manifest.rows));
  const size = sizes.find(([below]) => rows < below)?.[1] ?? '1M<n<10M';
  return [
    '---',
    'pretty_name: Swiss consultation documents',
    'language: [de, fr, it, rm]',
    'task_categories: [text-classification]',
    `size_categories: ['${size}']`,
    'configs:',
    ...tables.flatMap(({ contract, files }) => [
      `  - config_name: ${contract.name}`,
      `    data_files: ${files[0]?.file ?? ''}`,
    ]),
    '---',
    '',
    '# Swiss consultation documents',
    '',
    'Documents of the consultation procedures (Vernehmlassungen) of the Swiss Confederation and the cantons, with their',
    'text, and what was made from them.',
    ...tables.flatMap(section),
    '',
  ].join('\n');
}

function section({ contract, manifest, files }: CardTable): string[] {
  return [
    '',
    `## ${contract.name}`,
    '',
    `${contract.description}. ${manifest.rows.toLocaleString('en-US')} rows, version \`${manifest.version}\`.`,
    ...(manifest.notes ?? []).map((note) => `\n> ${note}`),
    '',
    '| File | Bytes | SHA-256 |',
    '|---|---|---|',
    ...files.map(
      ({ file, bytes, sha256 }) => `| [${file}](${file}) | ${bytes.toLocaleString('en-US')} | \`${sha256}\` |`,
    ),
    '',
    '| Column | Type | May be empty |',
    '|---|---|---|',
    ...manifest.columns.map(({ name, type, nullable }) => `| \`${name}\` | ${type} | ${nullable ? 'yes' : 'no'} |`),
  ];
}
