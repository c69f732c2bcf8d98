import type { SampleSource } from './sample-source.ts';

const folder = '/datasets/consultation-documents/';
const token = 'sample-dataset-token';

/** A place to publish files to: takes them by PUT, from whoever has the token, and gives them to everyone. */
export function datasetHost(): SampleSource {
  const files = new Map<string, Uint8Array>();
  return {
    name: 'dataset-host',
    settings: (baseUrl) => ({ DATASET_TARGET_URL: baseUrl + folder.slice(0, -1), DATASET_TARGET_TOKEN: token }),
    answer({ method, url, headers, bytes }) {
      if (!url.pathname.startsWith(folder)) return undefined;
      const name = url.pathname.slice(folder.length);
      if (method === 'PUT') {
        if (headers.authorization !== `Bearer ${token}`) return { status: 401, body: { message: 'wrong token' } };
        files.set(name, bytes);
        return { status: 201, body: { name, bytes: bytes.byteLength } };
      }
      const found = files.get(name);
      return found ? { status: 200, body: found } : { status: 404, body: { message: `there is no file '${name}'` } };
    },
  };
}
