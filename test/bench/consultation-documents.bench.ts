import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { consultationDocumentTexts } from '../../functions/consultation-documents/consultation-document-texts.contract.ts';
import { rowsPerGroup } from '../../functions/consultation-documents/stored-table.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import { systemClock } from '../../lib/clock.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeWideParquet } from '../../lib/table/write-wide-parquet.ts';
import { testContext } from '../support/test-world.ts';
import type { Bench, Figure } from './bench.ts';
import { knownTexts, largePlatformSize } from './large-platform.ts';

const { documents, newPdfs } = largePlatformSize;

export const consultationDocumentsBenches: Bench[] = [
  {
    name: `preprocess-consultation-documents, ${documents.toLocaleString('en')} documents, ${newPdfs.toLocaleString('en')} new PDFs`,
    run: measureRun,
  },
];

interface Measured {
  readonly seconds: number;
  readonly peakMiB: number;
  readonly states: readonly { readonly name: string; readonly seconds: number; readonly peakMiB: number }[];
}

/** The whole flow on the engine, in a process of its own; the platform is in another. */
async function measureRun(): Promise<Figure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'consultation-documents-bench-'));
  try {
    const storeUrl = pathToFileURL(join(folder, 'store')).href;
    await publishKnownTexts(folder, storeUrl);
    await using platform = await startPlatform();
    const script = join(import.meta.dirname, 'preprocess-documents.ts');
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script, storeUrl, platform.settings]);
    process.stderr.write(stderr);
    const measured: Measured = JSON.parse(stdout);
    for (const { name, seconds, peakMiB } of measured.states) {
      process.stderr.write(`  ${name.padEnd(20)} ${seconds.toFixed(1)} s, ${Math.round(peakMiB)} MiB at most so far\n`);
    }
    return figuresOf(measured);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function figuresOf({ seconds, peakMiB, states }: Measured): Figure[] {
  const what = `preprocess, ${documents / 1000}k documents, ${newPdfs / 1000}k new PDFs`;
  const extraction = states.find(({ name }) => name === 'ExtractBatches')?.seconds ?? Number.NaN;
  return [
    { name: `${what}: time`, value: seconds, unit: 's' },
    { name: `${what}: peak memory of the process`, value: peakMiB, unit: 'MiB' },
    { name: `${what}: documents`, value: documents / seconds, unit: 'documents/s' },
    { name: `${what}: extraction`, value: newPdfs / extraction, unit: 'PDFs/s' },
  ];
}

async function publishKnownTexts(folder: string, storeUrl: string): Promise<void> {
  const dataFile = join(folder, 'data.parquet');
  await using sql = await openSql({ workFolder: folder });
  // as the flow itself writes them
  const texts = `SELECT *, document_uuid AS key_document FROM (${knownTexts()})`;
  await writeWideParquet(sql, texts, dataFile, { rowsPerGroup, orderedBy: ['key_document'] });
  const artifacts = await openStore(storeUrl, systemClock);
  await publishArtifact(testContext({ artifacts }), consultationDocumentTexts, { dataFile, inputs: [] });
}

async function startPlatform(): Promise<AsyncDisposable & { readonly settings: string }> {
  const script = join(import.meta.dirname, 'large-platform-server.ts');
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [settings] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    settings,
    async [Symbol.asyncDispose]() {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
