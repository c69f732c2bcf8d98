import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../lib/artifact/open-store.ts';
import { InvalidDataError } from '../../lib/errors.ts';
import { httpSource } from '../../lib/source/http-source.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';

/** Longest that a server may take for one file. */
const downloadTimeoutMs = 600_000;

/**
 * A file of a dataset on this machine: the file itself when it lies here, otherwise a copy in the work folder.
 *
 * `s3://` is read with the rights of the task, `https://` without any.
 */
export async function fetchDataFile(context: TaskContext, address: string, index: number): Promise<string> {
  const file = join(context.workFolder, `input-${index}.parquet`);
  const [, scheme = ''] = /^([a-z0-9]+):\/\//.exec(address) ?? [];
  if (scheme === 's3') {
    const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
    if (key === '') throw new InvalidDataError(`'${address}' names no object; write s3://bucket/key`);
    await (await openStore(`s3://${bucket}`, context.clock)).download(key, file);
    return file;
  }
  if (scheme === 'http' || scheme === 'https') {
    const { origin, pathname, searchParams } = new URL(address);
    const source = httpSource(context, { name: `the server ${origin}`, baseUrl: origin, timeoutMs: downloadTimeoutMs });
    await source.download({ path: pathname.slice(1), query: Object.fromEntries(searchParams) }, file);
    return file;
  }
  if (scheme !== '' && scheme !== 'file') {
    throw new InvalidDataError(
      `'${address}' begins with ${scheme}://; s3://, https://, file:// and plain paths are read`,
    );
  }
  const path = scheme === 'file' ? fileURLToPath(address) : resolve(address);
  if (existsSync(path)) return path;
  throw new InvalidDataError(`there is no file '${address}' where this task runs`);
}
