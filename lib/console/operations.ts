import type * as z from 'zod';
import * as activity from '../execution/service/activity-operations.ts';
import * as execution from '../execution/service/execution-operations.ts';
import * as mapRun from '../execution/service/map-run-operations.ts';
import * as stateMachine from '../execution/service/state-machine-operations.ts';
import type { StateMachineService } from '../execution/service/state-machine-service.ts';
import * as tag from '../execution/service/tag-operations.ts';
import * as task from '../execution/service/task-operations.ts';
import * as testState from '../execution/service/test-state-operation.ts';
import { refusedRequest } from './constraint-violations.ts';

/** Answers one request, parsed by its schema; nothing to say is an empty object. */
export type Operation = (service: StateMachineService, request: unknown, signal: AbortSignal) => Promise<object>;

function operation<T>(
  schema: z.ZodType<T>,
  run: (service: StateMachineService, request: T, signal: AbortSignal) => Promise<unknown>,
): Operation {
  return async (service, request, signal) => {
    const parsed = schema.safeParse(request);
    if (!parsed.success) throw refusedRequest(parsed.error, request);
    const response = await run(service, parsed.data, signal);
    return typeof response === 'object' && response !== null ? response : {};
  };
}

/** The operations of the Step Functions API that are answered, by the name that a request's `X-Amz-Target` ends in. */
export const operations: Readonly<Record<string, Operation>> = {
  CreateActivity: operation(activity.createActivityRequest, (service, request) => service.createActivity(request)),
  CreateStateMachine: operation(stateMachine.createStateMachineRequest, (service, request) =>
    service.createStateMachine(request),
  ),
  DeleteActivity: operation(activity.deleteActivityRequest, (service, request) => service.deleteActivity(request)),
  DeleteStateMachine: operation(stateMachine.deleteStateMachineRequest, (service, request) =>
    service.deleteStateMachine(request),
  ),
  DescribeActivity: operation(activity.describeActivityRequest, (service, request) =>
    service.describeActivity(request),
  ),
  DescribeExecution: operation(execution.describeExecutionRequest, (service, request) =>
    service.describeExecution(request),
  ),
  DescribeMapRun: operation(mapRun.describeMapRunRequest, (service, request) => service.describeMapRun(request)),
  DescribeStateMachine: operation(stateMachine.describeStateMachineRequest, (service, request) =>
    service.describeStateMachine(request),
  ),
  DescribeStateMachineForExecution: operation(
    stateMachine.describeStateMachineForExecutionRequest,
    (service, request) => service.describeStateMachineForExecution(request),
  ),
  GetActivityTask: operation(activity.getActivityTaskRequest, (service, request, signal) =>
    service.getActivityTask(request, signal),
  ),
  GetExecutionHistory: operation(execution.getExecutionHistoryRequest, (service, request) =>
    service.getExecutionHistory(request),
  ),
  ListActivities: operation(activity.listActivitiesRequest, (service, request) => service.listActivities(request)),
  ListExecutions: operation(execution.listExecutionsRequest, (service, request) => service.listExecutions(request)),
  ListMapRuns: operation(mapRun.listMapRunsRequest, (service, request) => service.listMapRuns(request)),
  ListStateMachines: operation(stateMachine.listStateMachinesRequest, (service, request) =>
    service.listStateMachines(request),
  ),
  ListTagsForResource: operation(tag.listTagsForResourceRequest, (service, request) =>
    service.listTagsForResource(request),
  ),
  RedriveExecution: operation(execution.redriveExecutionRequest, (service, request) =>
    service.redriveExecution(request),
  ),
  SendTaskFailure: operation(task.sendTaskFailureRequest, (service, request) => service.sendTaskFailure(request)),
  SendTaskHeartbeat: operation(task.sendTaskHeartbeatRequest, (service, request) => service.sendTaskHeartbeat(request)),
  SendTaskSuccess: operation(task.sendTaskSuccessRequest, (service, request) => service.sendTaskSuccess(request)),
  StartExecution: operation(execution.startExecutionRequest, (service, request) => service.startExecution(request)),
  StartSyncExecution: operation(execution.startSyncExecutionRequest, (service, request) =>
    service.startSyncExecution(request),
  ),
  StopExecution: operation(execution.stopExecutionRequest, (service, request) => service.stopExecution(request)),
  TagResource: operation(tag.tagResourceRequest, (service, request) => service.tagResource(request)),
  TestState: operation(testState.testStateRequest, (service, request) => service.testState(request)),
  UntagResource: operation(tag.untagResourceRequest, (service, request) => service.untagResource(request)),
  UpdateMapRun: operation(mapRun.updateMapRunRequest, (service, request) => service.updateMapRun(request)),
  UpdateStateMachine: operation(stateMachine.updateStateMachineRequest, (service, request) =>
    service.updateStateMachine(request),
  ),
  ValidateStateMachineDefinition: operation(stateMachine.validateStateMachineDefinitionRequest, (service, request) =>
    service.validateStateMachineDefinition(request),
  ),
};
