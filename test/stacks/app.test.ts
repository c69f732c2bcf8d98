import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');

it('a synth for an environment that does not exist fails with a sentence that lists those that do', () => {
  const { status, stderr } = spawnSync(process.execPath, ['bin/app.ts'], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ env: 'staging' }) },
  });

  expect({ status, stderr }).toEqual({
    status: 2,
    stderr:
      "unknown environment 'staging'; known environments: local, dev, prod\n" +
      'add a row to lib/environment.ts to create one\n',
  });
});
