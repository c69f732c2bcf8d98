import { Arn, Aws, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { parameterPath, secretsOfStack } from '../environment.ts';
import type { Flow, TaskManifest } from '../flow/flow.ts';
import type { EnvironmentResources } from './resources.ts';

/**
 * What a task may do: exactly what its manifest declares, and reading and writing the results of its own flow.
 *
 * A local run holds tasks to the same rights (`task/declared-access`).
 *
 * Pure: a manifest in, statements out.
 */
export function taskStatements(
  scope: Construct,
  flow: Flow,
  options: { manifest: TaskManifest; resources: EnvironmentResources },
): PolicyStatement[] {
  const { manifest, resources } = options;
  const objects = (patterns: readonly string[]) => patterns.map((pattern) => resources.bucket.arnForObjects(pattern));
  const results = `results/${flow.name}/*`;
  const writes = (manifest.writes ?? []).flatMap((name) => [...artifactKeys(name), rejectedKeys(name)]);
  const state = (manifest.state ?? []).map((name) => `state/${name}/*`);
  const reads = [...new Set([...state, ...(manifest.reads ?? []).flatMap(artifactKeys), ...writes])];
  const mayDelete = (manifest.writes ?? []).includes('*');

  return [
    allow(['s3:GetObject'], objects([results, ...reads])),
    allow(['s3:PutObject', 's3:AbortMultipartUpload'], objects([results, ...state, ...writes])),
    listing([results, ...reads], resources),
    ...(mayDelete ? [allow(['s3:DeleteObject'], objects(writes))] : []),
    ...(writes.length > 0 || manifest.emits ? [allow(['events:PutEvents'], [resources.eventBus.eventBusArn])] : []),
    ...parameterStatements(scope, flow, options),
  ];
}

/** Keys of an artifact's versions and pointer, and of its plain copy. */
function artifactKeys(name: string): string[] {
  return name === '*' ? ['artifacts/*'] : [`artifacts/${name}/*`, `artifacts/${name}-latest.parquet`];
}

function rejectedKeys(name: string): string {
  return name === '*' ? 'rejected/*' : `rejected/${name}/*`;
}

/**
 * Lists keys below the prefixes.
 *
 * `IfExists`, because the same action decides whether reading a key that is not there answers 404 or 403, and that
 * request carries no prefix to compare.
 */
function listing(prefixes: readonly string[], { bucket }: EnvironmentResources): PolicyStatement {
  return new PolicyStatement({
    actions: ['s3:ListBucket'],
    resources: [bucket.bucketArn],
    conditions: { StringLikeIfExists: { 's3:prefix': [...prefixes] } },
  });
}

/** Reads the declared secrets and settings, under the environment's path and the one that shadows it for the flow. */
function parameterStatements(
  scope: Construct,
  flow: Flow,
  { manifest, resources }: { manifest: TaskManifest; resources: EnvironmentResources },
): PolicyStatement[] {
  const { secrets, optionalSecrets, settings, calls } = manifest;
  const declared = [...new Set([secrets, optionalSecrets, settings, calls].flatMap((list) => list ?? []))];
  const names = declared.filter((name) => !secretsOfStack(resources.environment).includes(name));
  if (names.length === 0) return [];
  const arns = names
    .flatMap((name) =>
      [undefined, flow.name].map((flowName) => parameterPath(resources.environment.name, name, flowName)),
    )
    .map((path) => Arn.format({ service: 'ssm', resource: 'parameter', resourceName: path.slice(1) }, Stack.of(scope)));
  const decrypt = new PolicyStatement({
    actions: ['kms:Decrypt'],
    resources: [Arn.format({ service: 'kms', resource: 'key', resourceName: '*' }, Stack.of(scope))],
    conditions: {
      StringEquals: {
        'kms:ViaService': `ssm.${Aws.REGION}.amazonaws.com`,
        // SSM encrypts each value with its parameter's ARN as context, so a key opens nothing else
        'kms:EncryptionContext:PARAMETER_ARN': arns,
      },
    },
  });
  return [allow(['ssm:GetParameter'], arns), decrypt];
}

function allow(actions: string[], resources: string[]): PolicyStatement {
  return new PolicyStatement({ actions, resources });
}
