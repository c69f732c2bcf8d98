import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { UsageError } from '../lib/errors.ts';
import { aslPath } from '../lib/flow/task-path.ts';
import { readContext } from '../lib/stacks/app-context.ts';
import { EnvironmentStack } from '../lib/stacks/environment-stack.ts';
import { addPolicyChecks } from '../lib/stacks/policy-checks.ts';
import { projectCode } from '../lib/stacks/project-code.ts';
import * as allFlows from '../state-machines/index.ts';

const projectFolder = join(import.meta.dirname, '..');

try {
  const flows = Object.values(allFlows);
  const app = new App();
  const { environment, architecture } = readContext(app.node);
  addPolicyChecks(app);
  new EnvironmentStack(app, {
    environment,
    architecture,
    flows: flows.map((flow) => ({ flow, aslText: readFileSync(join(projectFolder, aslPath(flow)), 'utf8') })),
    code: projectCode(flows, { projectFolder, architecture }),
  });
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error([error.message, error.hint].filter(Boolean).join('\n'));
  process.exitCode = 2;
}
