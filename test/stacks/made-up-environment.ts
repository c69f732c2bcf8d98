import { readFileSync } from 'node:fs';
import { App, type Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Architecture, Code } from 'aws-cdk-lib/aws-lambda';
import * as z from 'zod';
import { environmentNamed } from '../../lib/environment.ts';
import type { FlowDefinition } from '../../lib/flow/check-flow.ts';
import { defineFlow, type FlowManifest } from '../../lib/flow/flow.ts';
import { EnvironmentStack } from '../../lib/stacks/environment-stack.ts';
import type { CodeSource } from '../../lib/stacks/resources.ts';

const { context: flags } = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8'));

/** Stands in for the bundler: code that is never run, and a layer for tasks whose name says `Sql`. */
export const stubCode: CodeSource = {
  ofTask: (_, taskName) => ({
    code: Code.fromInline('export const handler = () => {};'),
    version: 'made-up-version',
    needsNativeLayer: taskName.includes('Sql'),
  }),
  ofNativeLayer: () => Code.fromAsset(new URL('.', import.meta.url).pathname),
};

/** A flow of the group `fruit` whose state machine calls each of its tasks in turn. */
export function aFlow(manifest: Partial<FlowManifest> & { name: string }): FlowDefinition {
  const flow = defineFlow({ description: `makes ${manifest.name}`, group: 'fruit', input: z.object({}), ...manifest });
  const names = Object.keys(flow.tasks);
  return { flow, aslText: aslText(names.map((name) => [name, lambdaTask(name)])) };
}

/** Text of a state machine that goes through the states in order. */
export function aslText(states: readonly (readonly [name: string, state: object])[]): string {
  const chained = states.map(([name, state], index) => {
    const next = states[index + 1]?.[0];
    return [name, { ...state, ...(next ? { Next: next } : { End: true }) }];
  });
  const all = chained.length > 0 ? Object.fromEntries(chained) : { Done: { Type: 'Succeed' } };
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: states[0]?.[0] ?? 'Done', States: all });
}

/** A state that calls a task. */
export function lambdaTask(taskName: string): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: {
      FunctionName: `\${${taskName}Arn}`,
      Payload: { input: '{% $states.input %}', context: '{% $states.context %}' },
    },
    Output: '{% $states.result.Payload %}',
  };
}

/** A state that runs another flow and waits for it; `flow` as in `PlumJamFlow`. */
export function nestedFlow(flow: string): object {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::states:startExecution.sync:2',
    Arguments: { StateMachineArn: `\${${flow}Arn}`, Input: '{% $states.input %}' },
    Output: '{% $states.result.Output %}',
  };
}

/** Synthesizes an environment with the flows given, as `cdk synth` would. */
export function madeUpEnvironment(options: {
  environment?: string;
  flows?: readonly FlowDefinition[];
  context?: Readonly<Record<string, string | undefined>>;
  code?: CodeSource;
  warehouse?: 'aurora';
}): { app: App; stack: EnvironmentStack; readonly template: Template; group(name: string): Template } {
  const app = new App({ context: { ...flags, ...options.context } });
  const stack = new EnvironmentStack(app, {
    environment: {
      ...environmentNamed(options.environment ?? 'dev'),
      ...(options.warehouse && { warehouse: options.warehouse }),
    },
    architecture: Architecture.ARM_64,
    flows: options.flows ?? [],
    code: options.code ?? stubCode,
  });
  return {
    app,
    stack,
    /** Synthesizes at first use; nothing can be added afterwards. */
    get template() {
      return Template.fromStack(stack);
    },
    group: (name) => Template.fromStack(groupNamed(stack, name)),
  };
}

function groupNamed(stack: EnvironmentStack, name: string): Stack {
  const found = stack.groups.find((group) => group.node.id === name);
  if (!found) throw new Error(`no group '${name}' among ${stack.groups.map((group) => group.node.id).join(', ')}`);
  return found;
}

/** The only resource of that type, with its logical id; fails when there are more or fewer. */
export function theOnly(template: Template, type: string): { id: string; Properties: Record<string, unknown> } {
  const found = Object.entries(template.findResources(type));
  const [first] = found;
  if (!first || found.length > 1) throw new Error(`expected one ${type}, found ${found.length}`);
  return { id: first[0], ...(first[1] as { Properties: Record<string, unknown> }) }; // findResources is typed as any
}
