import { Duration } from 'aws-cdk-lib';
import type { IRuleTarget, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { EnvironmentResources } from './resources.ts';

/** What a rule calls with what; a target that does not let the rule in by itself needs a role. */
export interface RuleTargetProps {
  readonly arn: string;
  readonly input: RuleTargetInput;
  readonly role?: IRole;
}

/** What comes an hour late is for the operator. */
const retryPolicy = { maximumEventAgeInSeconds: Duration.hours(1).toSeconds(), maximumRetryAttempts: 10 };

/**
 * The target of a rule: tried for an hour, then put into the environment's dead-letter queue.
 *
 * The constructs for targets would let each rule into the queue by a condition of its own, and its policy holds ten.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html
 */
export function ruleTarget(
  { deadLetterQueue }: EnvironmentResources,
  { arn, input, role }: RuleTargetProps,
): IRuleTarget {
  return {
    bind: () => ({
      arn,
      input,
      retryPolicy,
      deadLetterConfig: { arn: deadLetterQueue.queueArn },
      ...(role && { role }),
    }),
  };
}
