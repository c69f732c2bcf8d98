import type { ObjectAccess, Scope } from '../../asl/types.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { StateFailed } from '../failure.ts';
import { textOf } from '../payload.ts';
import { createChannel } from './channel.ts';
import type { ObjectStore } from './object-store.ts';
import { type ChildResult, collectResults, type ResultSink, type Transformation, writtenResult } from './results.ts';

/** Whose results are written. */
export interface MapRunIdentity {
  readonly mapRunArn: string;
  readonly stateMachineArn: string;
  readonly stateName: string;
}

/**
 * Where a Map Run's results go: into the Map's own result, or with a `ResultWriter` into files below its prefix.
 *
 * @throws {StateFailed} `States.ResultWriterFailed`
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-resultwriter.html
 */
export async function openResults(
  writer: ObjectAccess | undefined,
  scope: Scope,
  about: MapRunIdentity & { objects: ObjectStore | undefined },
): Promise<ResultSink> {
  const { stateName, stateMachineArn, objects } = about;
  const transformation = String(
    writer?.config.Transformation ?? (writer?.resource ? 'NONE' : 'COMPACT'),
  ) as Transformation; // validated
  const write = (result: ChildResult) => writtenResult(result, transformation, stateMachineArn);
  if (!writer?.resource) return collectResults(stateName, write);
  if (!objects) throw failed('no object store is set up for this engine; give it one as `objects`');
  const access = await writer.arguments(scope);
  const { Bucket, Prefix } = isJsonObject(access) ? access : {};
  const runId = about.mapRunArn.slice(about.mapRunArn.lastIndexOf(':') + 1);
  const folder = [String(Prefix ?? ''), runId].filter((part) => part !== '').join('/');
  const isLines = writer.config.OutputType === 'JSONL';
  const place = { bucket: String(Bucket ?? ''), folder, isLines };
  return filesOfResults(objects, { ...about, ...place, transformation, write });
}

interface Files extends MapRunIdentity {
  readonly bucket: string;
  readonly folder: string;
  readonly isLines: boolean;
  readonly transformation: Transformation;
  write(result: ChildResult): Json;
}

function filesOfResults(objects: ObjectStore, files: Files): ResultSink {
  const open = new Map<string, ResultFile>();
  const fileFor = (status: string): ResultFile => {
    const known = open.get(status);
    if (known) return known;
    const key = `${files.folder}/${status}_0.${files.isLines ? 'jsonl' : 'json'}`;
    const file = openFile(objects, { bucket: files.bucket, key, isLines: files.isLines });
    open.set(status, file);
    return file;
  };
  const writeManifest = async (): Promise<string> => {
    const written: Record<string, Json> = { FAILED: [], PENDING: [], SUCCEEDED: [] };
    for (const [status, file] of open) written[status] = [await file.close()];
    const key = `${files.folder}/manifest.json`;
    const manifest = { DestinationBucket: files.bucket, MapRunArn: files.mapRunArn, ResultFiles: written };
    await objects.write(files.bucket, key, oneText(JSON.stringify(manifest)));
    return key;
  };
  return {
    take(result) {
      const value = files.write(result);
      const flat = files.transformation === 'FLATTEN' && Array.isArray(value) ? value : [value];
      const file = fileFor(result.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'FAILED');
      return file.add(flat);
    },
    async finish() {
      const key = await writeManifest();
      return { MapRunArn: files.mapRunArn, ResultWriterDetails: { Bucket: files.bucket, Key: key } };
    },
    abandon: async () => void (await writeManifest()),
  };
}

interface ResultFile {
  add(entries: readonly Json[]): Promise<void> | undefined;
  close(): Promise<Json>;
}

function openFile(objects: ObjectStore, file: { bucket: string; key: string; isLines: boolean }): ResultFile {
  const { bucket, key, isLines } = file;
  const channel = createChannel();
  const written = objects.write(bucket, key, channel.texts);
  let count = 0;
  return {
    add(entries) {
      if (entries.length === 0) return undefined;
      const start = count === 0 ? '[' : ',';
      count += entries.length;
      const texts = entries.map(textOf);
      return channel.push(isLines ? `${texts.join('\n')}\n` : start + texts.join(','));
    },
    async close() {
      if (!isLines) void channel.push(']');
      channel.close();
      const { sizeBytes } = await written.catch((error: unknown) => {
        throw failed(error instanceof Error ? error.message : String(error), error);
      });
      return { Key: key, Size: sizeBytes };
    },
  };
}

async function* oneText(text: string): AsyncGenerator<string> {
  yield text;
}

function failed(cause: string, reason?: unknown): StateFailed {
  return new StateFailed({ error: 'States.ResultWriterFailed', cause }, { cause: reason });
}
