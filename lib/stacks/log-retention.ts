import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Environment } from '../environment.ts';
import { UsageError } from '../errors.ts';

/**
 * How long an environment keeps its logs.
 *
 * @throws {UsageError} CloudWatch keeps logs for a fixed choice of days only, and this is none of them
 */
export function retentionOf(environment: Environment): RetentionDays {
  const allowed = Object.values(RetentionDays).filter((days) => typeof days === 'number');
  const found = allowed.find((days) => days === environment.logRetentionDays);
  if (found !== undefined) return found;
  throw new UsageError(
    `environment '${environment.name}' keeps logs for ${environment.logRetentionDays} days; ` +
      `CloudWatch allows ${allowed.join(', ')}`,
  );
}
