import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, type IApplyRule, NagRuleCompliance } from 'cdk-nag';
import type { IConstruct } from 'constructs';

/** Makes a synth fail on everything that AWS's own checklist for solutions finds and nobody has acknowledged. */
export function addPolicyChecks(app: App): void {
  Validations.of(app).addPlugins(new ChecksByRule(app));
}

/** Lets one rule of the checklist (`S1`) pass for a construct and what is inside it, for a reason that is written down. */
export function acknowledge(construct: IConstruct, rule: string, reason: string): void {
  Validations.of(construct).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
}

/**
 * The checklist with one finding per rule and construct.
 *
 * As it comes, `IAM5` has one finding per wildcard, named after the logical ids that CloudFormation will see; those are
 * not known yet where the wildcard is written, which is where its reason belongs.
 */
class ChecksByRule extends AwsSolutionsChecks {
  protected override applyRule(params: IApplyRule): void {
    const rule: IApplyRule['rule'] = (node) => {
      const result = params.rule(node);
      return Array.isArray(result) ? NagRuleCompliance.NON_COMPLIANT : result;
    };
    super.applyRule({ ...params, rule, ruleSuffixOverride: params.ruleSuffixOverride ?? params.rule.name });
  }
}
