import { fileURLToPath } from 'node:url';
import { type Clock, systemClock } from '../clock.ts';
import { UsageError } from '../errors.ts';
import type { ArtifactStore } from './artifact-store.ts';
import { directoryStore } from './directory-store.ts';
import type { S3Access } from './s3-store.ts';

const s3Url = /^s3:\/\/([^/]+)(?:\/(.*))?$/;

/**
 * The store behind a URL: `file:///folder` or `s3://bucket/prefix`. Opening neither reads nor writes.
 *
 * @param access for a bucket that is not the environment's
 * @throws {UsageError} the URL is of another kind
 */
export async function openStore(url: string, clock: Clock = systemClock, access?: S3Access): Promise<ArtifactStore> {
  const [, bucket, prefix = ''] = s3Url.exec(url) ?? [];
  if (bucket !== undefined) {
    // the AWS libraries cost a quarter of a second; a laptop's run never pays it
    const { s3Store } = await import('./s3-store.ts');
    return s3Store({ bucket, prefix, ...(access && { access }) });
  }
  return directoryStore(folderOf(url), clock);
}

function folderOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new UsageError(`store '${url}' is neither file:///folder nor s3://bucket/prefix`, {
      hint: 'set RESULTS_URL to one of them, or leave it out for .flow/store',
      cause,
    });
  }
}
