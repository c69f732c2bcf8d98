import { Aws } from 'aws-cdk-lib';
import { type IRole, PolicyDocument, type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledge } from './policy-checks.ts';

/** Who assumes a role, and all that it may do. */
export interface ServiceRoleProps {
  /** `states.amazonaws.com` */
  readonly service: string;
  readonly description: string;
  readonly statements: readonly PolicyStatement[];
  /** Why some of the statements hold a `*`, when they do; the policy checks ask. */
  readonly wildcards?: string;
}

/**
 * A role that one service may assume from this account, with the statements given and no others.
 *
 * What is returned takes no further statements: constructs that would widen it by themselves change nothing, so the
 * list at the call is the whole truth. The policy is part of the role, and so is there before whatever uses it.
 */
export function serviceRole(scope: Construct, id: string, props: ServiceRoleProps): IRole {
  const role = new Role(scope, id, {
    assumedBy: new ServicePrincipal(props.service, {
      // Lambda assumes its roles without naming an account
      ...(props.service !== 'lambda.amazonaws.com' && {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    }),
    description: props.description,
    inlinePolicies: { Declared: new PolicyDocument({ statements: [...props.statements] }) },
  });
  if (props.wildcards) acknowledge(role, 'IAM5', props.wildcards);
  return role.withoutPolicyUpdates();
}
