import type { ActivityOperations } from './activity-operations.ts';
import type { ExecutionOperations } from './execution-operations.ts';
import type { MapRunOperations } from './map-run-operations.ts';
import type { StateMachineOperations } from './state-machine-operations.ts';
import type { TagOperations } from './tag-operations.ts';
import type { TaskOperations } from './task-operations.ts';
import type { TestStateOperation } from './test-state-operation.ts';

/**
 * The Step Functions API as a port: one method per operation, requests and responses as the API has them.
 *
 * Every method throws a `ServiceException` where the service would answer with one. Requests have been parsed with the
 * schema beside their type; times are `Date`s.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_Operations.html
 */
export interface StateMachineService
  extends StateMachineOperations,
    ExecutionOperations,
    TaskOperations,
    ActivityOperations,
    MapRunOperations,
    TagOperations,
    TestStateOperation {}
