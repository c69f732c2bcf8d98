import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { openStore } from '../../lib/artifact/open-store.ts';
import { SourceRejectedError } from '../../lib/errors.ts';
import { httpSource } from '../../lib/source/http-source.ts';
import { AnswerTooLongError } from '../../lib/source/save-body.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';

/** How a download ended: the file is there, or the platform does not have it, or it is longer than asked for. */
export type FileDownload =
  | { readonly kind: 'saved' }
  | { readonly kind: 'missing_file' | 'too_large'; readonly detail: string };

/** The files that the platform mirrors, by their path. */
export interface PlatformFiles {
  download(path: string, filePath: string, limits: { readonly maxBytes: number }): Promise<FileDownload>;
}

/** The platform's bucket and its service; settings can name others, or a plain web server. */
const platformUrl = 's3://demokratis';
const platformEndpointUrl = 'https://sos-ch-dk-2.exo.io';
const timeoutMs = 120_000;

/**
 * Opens the store of mirrored files, or what `PLATFORM_FILES_URL` names: `s3://bucket` or `https://…`.
 *
 * @see the specification of consultation-documents, section 3.3
 */
export async function openPlatformFiles(context: TaskContext): Promise<PlatformFiles> {
  const url = (await context.settings.find('PLATFORM_FILES_URL')) ?? platformUrl;
  if (!url.startsWith('s3:')) return webFiles(context, url);
  const endpointUrl = (await context.settings.find('PLATFORM_FILES_ENDPOINT_URL')) ?? platformEndpointUrl;
  const accessKeyId = await context.secrets.get('PLATFORM_FILES_ACCESS_KEY');
  const secretAccessKey = await context.secrets.get('PLATFORM_FILES_SECRET_KEY');
  return bucketFiles(await openStore(url, context.clock, { endpointUrl, accessKeyId, secretAccessKey }));
}

function webFiles(context: TaskContext, baseUrl: string): PlatformFiles {
  const source = httpSource(context, { name: 'the platform’s file store', baseUrl, timeoutMs });
  return {
    async download(path, filePath, { maxBytes }) {
      try {
        await source.download({ path: `/${path}` }, filePath, { maxBytes });
        return { kind: 'saved' };
      } catch (error) {
        if (error instanceof AnswerTooLongError) return { kind: 'too_large', detail: error.message };
        if (error instanceof SourceRejectedError) {
          context.log.warn('the platform gives no file', { path, reason: error.message });
          return { kind: 'missing_file', detail: `the platform gives no file under '${path}'` };
        }
        throw error;
      }
    },
  };
}

function bucketFiles(store: ArtifactStore): PlatformFiles {
  return {
    async download(path, filePath, { maxBytes }) {
      const found = await store.head(path);
      if (!found) return { kind: 'missing_file', detail: `the platform gives no file under '${path}'` };
      if (found.sizeBytes > maxBytes) return { kind: 'too_large', detail: `${found.sizeBytes} bytes` };
      await store.download(path, filePath);
      return { kind: 'saved' };
    },
  };
}
