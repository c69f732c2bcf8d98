import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  ListMapRunsCommand,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import * as z from 'zod';
import type { Clock } from '../../lib/clock.ts';
import { cloudExecutions } from '../../lib/cloud/cloud-executions.ts';
import { defineFlow } from '../../lib/flow/flow.ts';

/** What the service throws: an error known by its name. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

export const stateMachines = 'arn:aws:states:us-east-1:123456789012:stateMachine:DataFlows-dev-';
export const executionArns = 'arn:aws:states:us-east-1:123456789012:execution:DataFlows-dev-';

export const verraData = defineFlow({
  name: 'verra-data',
  description: 'A flow',
  group: 'carbon-markets',
  input: z.object({}),
  tasks: { PinInputs: {}, BuildVerraData: {} },
});
export const buildVerra = defineFlow({ ...verraData, name: 'build-verra', tasks: {} });

/** An environment `dev` with two flows, over clients that answer as told. */
export function aCloud(clock: Clock) {
  const clients = {
    stepFunctions: new SFNClient({ region: 'us-east-1' }),
    logs: new CloudWatchLogsClient({ region: 'us-east-1' }),
  };
  const stepFunctions = mockClient(clients.stepFunctions);
  const logs = mockClient(clients.logs);
  stepFunctions.on(DescribeExecutionCommand).rejects(awsError('ExecutionDoesNotExist'));
  stepFunctions.on(ListMapRunsCommand).resolves({ mapRuns: [] });
  const executions = cloudExecutions({
    environment: 'dev',
    flows: [buildVerra, verraData],
    deployed: {
      account: '123456789012',
      region: 'us-east-1',
      arns: new Map([
        ['build-verra', `${stateMachines}build-verra`],
        ['verra-data', `${stateMachines}verra-data`],
      ]),
    },
    ...clients,
    clock,
  });
  const describes = (flowName: string, name: string, changes: Partial<DescribeExecutionCommandOutput> = {}) => {
    const executionArn = `${executionArns}${flowName}:${name}`;
    return stepFunctions.on(DescribeExecutionCommand, { executionArn }).resolves({
      executionArn,
      stateMachineArn: `${stateMachines}${flowName}`,
      name,
      status: 'SUCCEEDED',
      startDate: new Date('2026-11-20T06:33:00.000Z'),
      stopDate: new Date('2026-11-20T06:33:04.000Z'),
      input: '{}',
      output: '{"rows":3012}',
      redriveCount: 0,
      ...changes,
    });
  };
  return { executions, stepFunctions, logs, describes };
}
