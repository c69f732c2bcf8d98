import { openStore } from '../../../lib/artifact/open-store.ts';
import { httpSource } from '../../../lib/source/http-source.ts';
import type { TaskContext } from '../../../lib/task/task-context.ts';

/** A public place that files are copied to. */
export interface DatasetTarget {
  /** Puts a file there, in place of one of the same name; answers its URL. */
  put(name: string, filePath: string, contentType: string): Promise<string>;
}

/** Enough for a gigabyte over a slow line. */
const timeoutMs = 780_000;

/**
 * Opens what `DATASET_TARGET_URL` names: `https://…` that takes files by PUT, with the token when one is set, or a
 * folder or bucket (`file://…`, `s3://…`) that the task's role may write to.
 */
export async function openDatasetTarget(context: TaskContext): Promise<DatasetTarget> {
  const url = (await context.settings.get('DATASET_TARGET_URL')).replace(/\/+$/, '');
  if (/^https?:/.test(url)) return await webTarget(context, url);
  const store = await openStore(url, context.clock);
  return {
    async put(name, filePath) {
      await store.upload(name, filePath);
      return `${store.url}/${name}`;
    },
  };
}

async function webTarget(context: TaskContext, baseUrl: string): Promise<DatasetTarget> {
  const token = await context.secrets.find('DATASET_TARGET_TOKEN');
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const host = httpSource(context, { name: 'the place that the dataset is published to', baseUrl, headers, timeoutMs });
  return {
    async put(name, filePath, contentType) {
      await host.upload({ path: `/${name}` }, filePath, contentType);
      return `${baseUrl}/${name}`;
    },
  };
}
