import { App } from 'aws-cdk-lib';
import { UsageError } from '../lib/errors.ts';
import { readContext } from '../lib/stacks/app-context.ts';
import { EnvironmentStack } from '../lib/stacks/environment-stack.ts';
import { addPolicyChecks } from '../lib/stacks/policy-checks.ts';
import { projectCode } from '../lib/stacks/project-code.ts';
import { refuseBrokenFlows } from '../lib/stacks/refuse-broken-flows.ts';
import { flowDefinitions } from './flow-definitions.ts';
import { projectFolder } from './project-folders.ts';

try {
  const app = new App();
  const { environment, architecture } = readContext(app.node);
  const definitions = await flowDefinitions(projectFolder);
  refuseBrokenFlows(definitions, projectFolder);
  const flows = definitions.map(({ flow }) => flow);
  const code = projectCode(flows, { projectFolder, architecture });
  new EnvironmentStack(app, { environment, architecture, flows: definitions, code });
  addPolicyChecks(app);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error([error.message, error.hint].filter(Boolean).join('\n'));
  process.exitCode = 2;
}
