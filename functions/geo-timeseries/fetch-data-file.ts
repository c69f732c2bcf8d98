import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../lib/artifact/open-store.ts';
import { InvalidDataError } from '../../lib/errors.ts';
import { httpSource } from '../../lib/source/http-source.ts';
import { redactUrl } from '../../lib/source/redact-url.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';

/** Longest that a server may take for one file. */
const downloadTimeoutMs = 600_000;

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * A file of a dataset on this machine: the file itself when it lies here, otherwise a copy in the work folder.
 *
 * `s3://` is read with the rights of the task, `https://` without any; plain HTTP only from this machine.
 *
 * @throws {InvalidDataError} the address is none that can be read from here
 */
export async function fetchDataFile(context: TaskContext, address: string, index: number): Promise<string> {
  const copy = join(context.workFolder, `input-${index}.parquet`);
  const [, scheme = ''] = /^([a-z0-9]+):\/\//.exec(address) ?? [];
  if (scheme === '' || scheme === 'file') return localFile(address);
  if (scheme === 's3') await fetchFromBucket(context, address, copy);
  else if (scheme === 'http' || scheme === 'https') await fetchFromServer(context, address, copy);
  else {
    throw new InvalidDataError(
      `'${address}' begins with ${scheme}://; s3://, https://, file:// and plain paths are read`,
    );
  }
  return copy;
}

/** An address as it may stand in errors and logs: links to files can be signed, and a signature is a key. */
export function shownAddress(address: string): string {
  const url = /^https?:\/\//.test(address) ? URL.parse(address) : null;
  if (!url) return address;
  Object.assign(url, { username: '', password: '' });
  return redactUrl(url);
}

async function fetchFromBucket({ clock }: TaskContext, address: string, copy: string): Promise<void> {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.+)$/.exec(address) ?? [];
  if (key === '') throw new InvalidDataError(`'${address}' names no object; write s3://bucket/key`);
  await (await openStore(`s3://${bucket}`, clock)).download(key, copy);
}

async function fetchFromServer(context: TaskContext, address: string, copy: string): Promise<void> {
  const url = URL.parse(address);
  if (!url) throw new InvalidDataError(`'${address}' is no URL; write https://host/path`);
  if (url.username !== '' || url.password !== '') {
    throw new InvalidDataError(
      `'${shownAddress(address)}' came with a user or a password; data is read without either`,
    );
  }
  if (url.protocol === 'http:' && !loopback.test(url.hostname)) {
    throw new InvalidDataError(`'${shownAddress(address)}' would be read unencrypted; write https://`);
  }
  const source = httpSource(context, {
    name: `the server ${url.origin}`,
    baseUrl: url.origin,
    timeoutMs: downloadTimeoutMs,
  });
  // as it is written: a signature covers the very text of a query
  await source.download({ path: `${url.pathname}${url.search}`.slice(1) }, copy);
}

function localFile(address: string): string {
  const path = address.startsWith('file://') ? pathOf(address) : resolve(address);
  if (existsSync(path)) return path;
  throw new InvalidDataError(`there is no file '${address}' where this task runs`);
}

function pathOf(fileUrl: string): string {
  try {
    return fileURLToPath(fileUrl);
  } catch (cause) {
    throw new InvalidDataError(`'${fileUrl}' is no file of this machine; write file:///folder/file`, { cause });
  }
}
