import { parseArgs } from 'node:util';
import { findFailure, type Subject, subjects } from './find-failure.ts';

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '1000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
});
const cases = Number(values.cases);
const seed = Number(values.seed);
if (!Number.isInteger(cases) || cases < 1 || !Number.isInteger(seed)) {
  console.error('usage: fuzz.ts [--cases N] [--seed S]');
  process.exit(2);
}

/** Cases per batch: each batch can show one failure, so that the first does not hide all others. */
const batchSize = 250;

console.log(`seed ${seed}`);
const failures = (await tryAll(subjects.machines)) + (await tryAll(subjects.mutations));
console.log(`fuzz: ${cases} machines, ${cases} mutations, ${failures} failures`);
process.exitCode = failures === 0 ? 0 : 1;

async function tryAll(subject: Subject): Promise<number> {
  let failed = 0;
  for (let done = 0; done < cases; done += batchSize) {
    const count = Math.min(batchSize, cases - done);
    const failure = await findFailure(subject, { count, seed: seed + done });
    if (!failure) continue;
    failed += 1;
    console.log(failure);
  }
  return failed;
}
