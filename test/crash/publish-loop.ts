import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryStore } from '../../lib/artifact/directory-store.ts';
import { publishArtifact } from '../../lib/artifact/publish.ts';
import { systemClock } from '../../lib/clock.ts';
import { localBus } from '../../lib/event/local-bus.ts';
import { openSql } from '../../lib/table/sql.ts';
import { writeParquet } from '../../lib/table/write-parquet.ts';
import { blockRows, blocks } from '../artifact/publishing.ts';

/** Publishes an edition of thirty artifacts, one after the other, into `.flow/store` of the current folder. */
const edition = Number(process.argv[2]);
const startedAt = new Date(systemClock.now());
const workFolder = await mkdtemp(join(tmpdir(), 'publish-loop-'));
const dataFile = join(workFolder, 'data.parquet');
await using sql = await openSql({ workFolder });
await writeParquet(sql, blockRows(500, edition), dataFile);

for (let index = 0; index < 30; index += 1) {
  const publisher = {
    artifacts: directoryStore('.flow/store'),
    events: localBus('.flow/events.jsonl', systemClock),
    clock: systemClock,
    log: { info: () => {}, warn: () => {} },
    flowName: 'publish-loop',
    executionName: `run-${process.pid}`,
    executionStartedAt: startedAt,
    codeVersion: 'test',
  };
  await publishArtifact(publisher, { ...blocks, name: `blocks_${index}` }, { dataFile, inputs: [] });
}
await rm(workFolder, { recursive: true });
