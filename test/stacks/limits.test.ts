import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { flowDefinitions } from '../../bin/flow-definitions.ts';
import { projectFolder } from '../../bin/project-folders.ts';
import { madeUpEnvironment } from './made-up-environment.ts';

/** The service stops at 500 resources and 1 MB; from here on, a group should be split. */
const limits = { resources: 400, templateBytes: 900_000 };

const flows = await flowDefinitions(projectFolder);

describe.each<{ name: string; environment: string; warehouse?: 'aurora' }>([
  { name: 'dev', environment: 'dev' },
  { name: 'prod', environment: 'prod' },
  { name: 'prod with a warehouse of its own', environment: 'prod', warehouse: 'aurora' },
])('the stacks of the project in $name', ({ environment, warehouse }) => {
  const { stack } = madeUpEnvironment({ environment, flows, ...(warehouse && { warehouse }) });

  it.each(['itself', ...stack.groups.map((group) => group.node.id)])('stay well below the limits: %s', (name) => {
    const found = stack.groups.find((group) => group.node.id === name) ?? stack;

    const template = Template.fromStack(found).toJSON();

    expect(Object.keys(template.Resources).length).toBeLessThan(limits.resources);
    expect(Buffer.byteLength(JSON.stringify(template))).toBeLessThan(limits.templateBytes);
  });

  it('hold a state machine for every flow', () => {
    const machines = stack.groups.flatMap((group) =>
      Object.values(Template.fromStack(group).findResources('AWS::StepFunctions::StateMachine')),
    );

    const names = machines.map(({ Properties }) => Properties.StateMachineName);
    expect(names.sort()).toEqual(flows.map(({ flow }) => `DataFlows-${environment}-${flow.name}`).sort());
  });
});
