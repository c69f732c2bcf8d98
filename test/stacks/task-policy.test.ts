import { describe, expect, it } from 'vitest';
import type { TaskManifest } from '../../lib/flow/flow.ts';
import { aFlow, madeUpEnvironment } from './made-up-environment.ts';
import { permissionsOf } from './permissions.ts';

/** What every task may do besides what it declares, with `{bucket}` and the like for what only AWS knows. */
const always = [
  's3:GetObject on {bucket}/results/plum-jam/*',
  's3:PutObject on {bucket}/results/plum-jam/*',
  's3:AbortMultipartUpload on {bucket}/results/plum-jam/*',
  'logs:CreateLogStream on {log}',
  'logs:PutLogEvents on {log}',
  'xray:PutTraceSegments on *',
  'xray:PutTelemetryRecords on *',
];

const parameters = ['SUGAR_API_KEY', 'RIPENESS', 'PLUM_API_URL']
  .flatMap((name) => [name, `plum-jam/${name}`])
  .map((path) => `arn:aws:ssm:us-east-1:{account}:parameter/DataFlows/dev/${path}`);

describe('the role of a task', () => {
  it.each<{ name: string; manifest: TaskManifest; lists: string[]; also: string[] }>([
    { name: 'nothing', manifest: {}, lists: [], also: [] },
    {
      name: 'an artifact that it reads',
      manifest: { reads: ['plums'] },
      lists: ['artifacts/plums/*', 'artifacts/plums-latest.parquet'],
      also: ['s3:GetObject on {bucket}/artifacts/plums/*', 's3:GetObject on {bucket}/artifacts/plums-latest.parquet'],
    },
    {
      name: 'an artifact that it publishes',
      manifest: { writes: ['jam'] },
      lists: ['artifacts/jam/*', 'artifacts/jam-latest.parquet', 'rejected/jam/*'],
      also: [
        's3:GetObject on {bucket}/artifacts/jam/*',
        's3:GetObject on {bucket}/artifacts/jam-latest.parquet',
        's3:GetObject on {bucket}/rejected/jam/*',
        's3:PutObject on {bucket}/artifacts/jam/*',
        's3:PutObject on {bucket}/artifacts/jam-latest.parquet',
        's3:PutObject on {bucket}/rejected/jam/*',
        's3:AbortMultipartUpload on {bucket}/artifacts/jam/*',
        's3:AbortMultipartUpload on {bucket}/artifacts/jam-latest.parquet',
        's3:AbortMultipartUpload on {bucket}/rejected/jam/*',
        'events:PutEvents on {bus}',
      ],
    },
    {
      name: 'every artifact, to read',
      manifest: { reads: ['*'] },
      lists: ['artifacts/*'],
      also: ['s3:GetObject on {bucket}/artifacts/*'],
    },
    {
      name: 'every artifact, to maintain',
      manifest: { writes: ['*'] },
      lists: ['artifacts/*', 'rejected/*'],
      also: [
        's3:GetObject on {bucket}/artifacts/*',
        's3:GetObject on {bucket}/rejected/*',
        's3:PutObject on {bucket}/artifacts/*',
        's3:PutObject on {bucket}/rejected/*',
        's3:AbortMultipartUpload on {bucket}/artifacts/*',
        's3:AbortMultipartUpload on {bucket}/rejected/*',
        's3:DeleteObject on {bucket}/artifacts/*',
        's3:DeleteObject on {bucket}/rejected/*',
        'events:PutEvents on {bus}',
      ],
    },
    { name: 'events of its own', manifest: { emits: true }, lists: [], also: ['events:PutEvents on {bus}'] },
    {
      name: 'a secret, a setting and a source',
      manifest: { optionalSecrets: ['SUGAR_API_KEY'], settings: ['RIPENESS'], calls: ['PLUM_API_URL'] },
      lists: [],
      also: [
        ...parameters.map((parameter) => `ssm:GetParameter on ${parameter}`),
        'kms:Decrypt on arn:aws:kms:us-east-1:{account}:key/* ' +
          'if kms:ViaService StringEquals ssm.{region}.amazonaws.com ' +
          `and kms:EncryptionContext:PARAMETER_ARN StringEquals ${parameters.join(', ')}`,
      ],
    },
  ])('allows exactly what the manifest declares: $name', ({ manifest, lists, also }) => {
    const { group } = madeUpEnvironment({ flows: [aFlow({ name: 'plum-jam', tasks: { Cook: manifest } })] });

    const prefixes = ['results/plum-jam/*', ...lists].join(', ');
    const listing = `s3:ListBucket on {bucket} if s3:prefix StringLikeIfExists ${prefixes}`;
    expect(permissionsOf(group('fruit'), 'lambda.amazonaws.com')).toEqual([...always, listing, ...also].sort());
  });

  it('belongs to one task only', () => {
    const template = madeUpEnvironment({
      flows: [aFlow({ name: 'plum-jam', tasks: { Pick: { reads: ['plums'] }, Cook: { writes: ['jam'] } } })],
    }).group('fruit');

    const roles = Object.values(template.findResources('AWS::Lambda::Function')).map(
      ({ Properties }) => Properties.Role,
    );

    expect(new Set(roles.map((role) => JSON.stringify(role))).size).toBe(2);
    template.resourceCountIs('AWS::IAM::Policy', 0);
  });
});
