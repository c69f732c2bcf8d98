import { once } from 'node:events';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { directoryStore } from '../../lib/artifact/directory-store.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import { aPublisher, blocks } from './publishing.ts';

/** Publishes a file as one of two processes, which both wait before they flip the pointer; prints the outcome. */
const [folder = '', executionName = '', dataFile = ''] = process.argv.slice(2);
const store = directoryStore(folder);
const waiting: ArtifactStore = {
  ...store,
  async write(key, body, condition) {
    if (key.endsWith('latest.json')) {
      console.log('ready to flip');
      await once(process.stdin, 'data');
    }
    return store.write(key, body, condition);
  },
};

const outcome = await publishArtifact(aPublisher({ artifacts: waiting, executionName }), blocks, {
  dataFile,
  inputs: [],
}).then(
  ({ status }) => status,
  (error: Error) => error.name,
);
console.log(outcome);
process.stdin.destroy();
