import type { Execution } from '../../execution/execution.ts';
import type {
  DescribeExecutionResponse,
  ExecutionData,
  ExecutionListItem,
} from '../../execution/service/execution-operations.ts';
import { stateMachineArn } from '../arns.ts';

/** An execution as lists show it. */
export function executionListItem(execution: Execution): ExecutionListItem {
  const { arn, flowName, name, status, startDate, stopDate, redriveCount, redriveDate } = execution;
  return {
    executionArn: arn,
    stateMachineArn: stateMachineArn(flowName),
    name,
    status,
    startDate: new Date(startDate),
    ...(stopDate !== undefined && { stopDate: new Date(stopDate) }),
    redriveCount,
    ...(redriveDate !== undefined && { redriveDate: new Date(redriveDate) }),
  };
}

/** An execution as `DescribeExecution` answers it. */
export function describeExecution(
  execution: Execution,
  includedData: 'ALL_DATA' | 'METADATA_ONLY',
): DescribeExecutionResponse {
  const reason = whyNotRedrivable(execution);
  return {
    ...executionListItem(execution),
    ...executionData(execution, includedData),
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(reason !== undefined && { redriveStatusReason: reason }),
  };
}

/** Input, output and failure as texts; metadata alone tells that input and output are left out. */
export function executionData(
  execution: Pick<Execution, 'input' | 'output' | 'error' | 'cause'>,
  includedData: 'ALL_DATA' | 'METADATA_ONLY',
): ExecutionData {
  const { input, output, error, cause } = execution;
  const included = includedData === 'ALL_DATA';
  return {
    ...(included && { input: JSON.stringify(input) }),
    inputDetails: { included },
    ...(included && output !== undefined && { output: JSON.stringify(output) }),
    ...(output !== undefined && { outputDetails: { included } }),
    ...(error !== undefined && { error }),
    ...(included && cause !== undefined && { cause }),
  };
}

/** In the words of the service; undefined for an execution that can be redriven. */
export function whyNotRedrivable({ status }: Pick<Execution, 'status'>): string | undefined {
  return status === 'RUNNING' || status === 'SUCCEEDED' ? `Execution is ${status} and cannot be redriven` : undefined;
}
