import { directoryStore } from '../../lib/artifact/directory-store.ts';

/** Adds 1 to a stored number, again and again, as one of several processes; prints how often it did. */
const [folder = '', additions = '0'] = process.argv.slice(2);
const store = directoryStore(folder);
for (let added = 0; added < Number(additions); ) {
  const { bytes, etag } = await store.read('state/counter');
  const next = String(Number(Buffer.from(bytes).toString()) + 1);
  const won = await store.write('state/counter', next, { ifMatch: etag }).then(
    () => true,
    (error: Error) => {
      if (error.name === 'ConditionFailedError') return false;
      throw error;
    },
  );
  if (won) added += 1;
}
console.log(additions);
