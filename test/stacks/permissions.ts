import type { Template } from 'aws-cdk-lib/assertions';

/** What stands for a resource whose name only AWS knows, by a part of its logical id. */
const standIns: readonly (readonly [part: RegExp, text: string])[] = [
  [/^AWS::AccountId$/, '{account}'],
  [/^AWS::Region$/, '{region}'],
  [/ResultsBucket/, '{bucket}'],
  [/EventBus/, '{bus}'],
  [/MissedStarts/, '{missed-starts}'],
  [/Logs[0-9A-F]{8}$/, '{log}'],
  [/CookFunction/, '{Cook}'],
  [/StateMachine/, '{machine}'],
  [/WarehouseCluster.*ResourceId/, '{cluster}'],
];

/**
 * Everything that the roles assumed by a service may do, sorted, each as `action on resource if key operator values`:
 * one for every pair of an action and a resource, however CloudFormation groups them. What is denied begins with `no `.
 */
export function permissionsOf(template: Template, service: string): string[] {
  return Object.values(template.findResources('AWS::IAM::Role'))
    .filter(({ Properties }) => JSON.stringify(Properties.AssumeRolePolicyDocument).includes(service))
    .flatMap(({ Properties }) => Properties.Policies)
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap(permissions)
    .sort();
}

interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

function permissions({ Effect, Action, Resource, Condition = {} }: Statement): string[] {
  const denied = Effect === 'Deny' ? 'no ' : '';
  const conditions = Object.entries(Condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${key} ${operator} ${listed(values).join(', ')}`),
  );
  const condition = conditions.length > 0 ? ` if ${conditions.join(' and ')}` : '';
  return listed(Action).flatMap((action) =>
    listed(Resource).map((resource) => `${denied}${action} on ${resource}${condition}`),
  );
}

function listed(values: unknown): string[] {
  return [values].flat().map(textOf);
}

/** A CloudFormation value as text. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const [[intrinsic, argument] = []] = Object.entries(value ?? {});
  if (intrinsic === 'Fn::Join') return argument[1].map(textOf).join(argument[0]);
  const id: string = [argument].flat()[0];
  return standIns.find(([part]) => part.test(id))?.[1] ?? `{${id}}`;
}
