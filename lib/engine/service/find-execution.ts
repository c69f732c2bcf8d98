import { ServiceException } from '../../execution/service/service-exception.ts';
import type { ExecutionRecord } from '../execution-record.ts';
import { checkArn } from './checked.ts';
import type { ServiceTools } from './service-tools.ts';

/** @throws {ServiceException} `InvalidArn`, `ExecutionDoesNotExist` */
export async function findExecution(
  { executions }: Pick<ServiceTools, 'executions'>,
  arn: string,
): Promise<ExecutionRecord> {
  checkArn(arn, 'execution');
  const record = await executions.find(arn);
  if (record) return record;
  throw new ServiceException('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}
