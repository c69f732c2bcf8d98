import { stat } from 'node:fs/promises';
import * as z from 'zod';
import type { ArtifactContract } from '../contract.ts';
import { checkContract } from '../table/check-contract.ts';
import type { ContractReport } from '../table/contract-report.ts';
import { announce } from './announce.ts';
import { acceptDrift, checkColumnsUnchanged } from './drift.ts';
import { fileSha256 } from './file-sha256.ts';
import { checkedName, versionKey, versionOf } from './key.ts';
import { type Manifest, type PinnedArtifact, readManifest } from './manifest.ts';
import { isDriftAccepted, type Override } from './override.ts';
import { type Pointer, readPointer } from './pointer.ts';
import { flipPointer, refuseOlder } from './pointer-flip.ts';
import type { Publisher } from './publisher.ts';
import { refuseBrokenPromises } from './reject.ts';
import { storedData, storeVersion } from './store-version.ts';

/** What is to be published besides the contract. */
export interface PublishOptions {
  /** A Parquet file in a folder that can be written to. */
  readonly dataFile: string;
  /** The versions it was made from. */
  readonly inputs: readonly PinnedArtifact[];
  /** The part of the source it covers, e.g. `{ from: '2024-01', to: '2025-12' }`. */
  readonly sourceWindow?: Readonly<Record<string, string | number>>;
  /** What whoever reads the version should know besides, in sentences, for its manifest. */
  readonly notes?: readonly string[];
  /** Releases a deliberate change of size or columns, once. */
  readonly accept?: Override;
}

/** What readers of the artifact get after a publish. */
export const publicationSchema = z.object({
  artifact: z.string(),
  version: z.string(),
  /** `unchanged` when the version before already had these rows and columns; then it is the one described here. */
  status: z.enum(['published', 'unchanged']),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.string(),
  rowsSha256: z.string(),
  key: z.string(),
  url: z.string(),
});

export type Publication = z.infer<typeof publicationSchema>;

/**
 * Publishes a table as the next version of its artifact: check, store, flip the pointer, announce.
 *
 * Readers see the version before or this one, whenever it is interrupted. The same execution may repeat it: what was
 * done stays, what a crash left out is made up for. The checks run on the local file, before anything is stored below
 * `artifacts/`.
 *
 * @throws {InvalidDataError} a check failed; the data lies below `rejected/`, with the reasons
 * @throws {ArtifactConflictError} another execution published meanwhile
 * @throws {ArtifactSupersededError} an execution that started later has published
 * @see the specification of artifact management, §5.4
 */
export async function publishArtifact(
  publisher: Publisher,
  contract: ArtifactContract,
  options: PublishOptions,
): Promise<Publication> {
  const { artifacts } = publisher;
  const name = checkedName(contract.name);
  const version = versionOf(publisher);
  const before = await readPointer(artifacts, name);
  const previous = before && (await readManifest(artifacts, name, before.pointer.version));
  if (before && previous?.version === version) {
    await announce(publisher, before.pointer);
    return publication(publisher, previous, 'published');
  }
  refuseOlder(publisher, before?.pointer);

  const stored = await storedData(publisher, { name, version, besideFile: options.dataFile });
  const dataFile = stored ?? options.dataFile;
  const manifest = await checkedManifest(publisher, contract, { ...options, dataFile, previous });
  await refuseBrokenPromises(publisher, manifest, dataFile);
  if (before && previous && isSameContent(manifest, previous)) {
    await announce(publisher, before.pointer);
    return publication(publisher, previous, 'unchanged');
  }

  await storeVersion(publisher, manifest, stored === undefined ? dataFile : undefined);
  const pointer = pointerTo(manifest, publisher);
  await flipPointer(publisher, pointer, before?.etag);
  await announce(publisher, pointer);
  publisher.log.info('artifact published', { artifact: name, version, rows: manifest.rows });
  return publication(publisher, manifest, 'published');
}

type Candidate = PublishOptions & { readonly previous: Manifest | undefined };

async function checkedManifest(
  publisher: Publisher,
  contract: ArtifactContract,
  candidate: Candidate,
): Promise<Manifest> {
  const { dataFile, previous, accept } = candidate;
  const report = await checkContract(dataFile, contract, previous && { previousRows: previous.rows });
  const checks = [...report.checks, ...(previous ? [checkColumnsUnchanged(contract.columns, previous)] : [])];
  const isAccepted = await isDriftAccepted(publisher, { accept, name: contract.name, previous });
  return {
    name: contract.name,
    version: versionOf(publisher),
    status: 'published',
    columns: columnsOf(report, contract),
    rows: report.rows,
    bytes: (await stat(dataFile)).size,
    sha256: await fileSha256(dataFile),
    rowsSha256: report.rowsSha256,
    createdAt: new Date(publisher.clock.now()).toISOString(),
    flow: publisher.flowName,
    execution: publisher.executionName,
    executionStartedAt: publisher.executionStartedAt.toISOString(),
    codeVersion: publisher.codeVersion,
    previousVersion: previous?.version ?? null,
    inputs: [...candidate.inputs],
    ...(candidate.sourceWindow && { sourceWindow: candidate.sourceWindow }),
    ...(candidate.notes && { notes: [...candidate.notes] }),
    ...(contract.keeps && { keeps: contract.keeps }),
    checks: isAccepted && previous ? acceptDrift(checks, previous.version) : checks,
    ...(isAccepted && previous && { accepted: previous.version }),
  };
}

/** The contract's columns when the file has them, and otherwise what the file has instead. */
function columnsOf({ columns, checks }: ContractReport, contract: ArtifactContract): Manifest['columns'] {
  const isAsPromised = checks.some((check) => check.name === 'columns' && check.passed);
  return isAsPromised ? [...contract.columns] : columns.map((column) => ({ ...column, nullable: true }));
}

function isSameContent(manifest: Manifest, previous: Manifest): boolean {
  return manifest.rowsSha256 === previous.rowsSha256 && checkColumnsUnchanged(manifest.columns, previous).passed;
}

function pointerTo(manifest: Manifest, { clock }: Publisher): Pointer {
  const { name, version, sha256, rows, previousVersion, executionStartedAt } = manifest;
  const publishedAt = new Date(clock.now()).toISOString();
  return { name, version, sha256, rows, previousVersion, executionStartedAt, publishedAt };
}

function publication({ artifacts }: Publisher, manifest: Manifest, status: Publication['status']): Publication {
  const { name, version, rows, bytes, sha256, rowsSha256 } = manifest;
  const key = versionKey(name, version, 'data.parquet');
  return { artifact: name, version, status, rows, bytes, sha256, rowsSha256, key, url: `${artifacts.url}/${key}` };
}
