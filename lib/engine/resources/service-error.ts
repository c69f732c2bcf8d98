import { randomUUID } from 'node:crypto';
import { TaskFailed } from '../task-failure.ts';

/** What went wrong in a service, in its own words. */
export interface ServiceProblem {
  readonly service: string;
  /** Name of the error as states see it: `SQS.AmazonSQSException`. */
  readonly error: string;
  readonly code: string;
  readonly message: string;
  /** @default 400 */
  readonly statusCode?: number;
}

/** The failure of an optimised integration, told the way Step Functions tells it. */
export function serviceError({ service, error, code, message, statusCode = 400 }: ServiceProblem): TaskFailed {
  const details = `Service: ${service}; Status Code: ${statusCode}; Error Code: ${code}; Request ID: ${randomUUID()}; Proxy: null`;
  return new TaskFailed({ error, cause: `${message} (${details})` });
}

/** The failure of an `aws-sdk:` integration, which is told a little differently. */
export function sdkError({ service, error, message, statusCode = 400 }: Omit<ServiceProblem, 'code'>): TaskFailed {
  const details = `Service: ${service}, Status Code: ${statusCode}, Request ID: ${randomUUID()}`;
  return new TaskFailed({ error, cause: `${message} (${details})` });
}
