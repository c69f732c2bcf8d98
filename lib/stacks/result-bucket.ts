import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, type LifecycleRule } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Environment } from '../environment.ts';
import { resultBucketName } from '../flow/deployed-names.ts';
import { acknowledge } from './policy-checks.ts';

const rejectedRetentionDays = 30;
/** How long an overwritten or deleted object can still be brought back. */
const recoveryDays = 30;

/** The context flag that, besides the environment's own setting, lets the bucket be destroyed with its stack. */
export const destroyDataFlag = 'destroyData';

/** The store of one environment: private, encrypted, versioned, and emptied class by class. */
export class ResultBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    const mayBeDestroyed = !environment.retainData && this.node.tryGetContext(destroyDataFlag) === 'true';
    this.bucket = new Bucket(this, 'Bucket', {
      bucketName: resultBucketName(environment.name, Stack.of(this)),
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: lifecycleRules(environment),
      removalPolicy: mayBeDestroyed ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
      autoDeleteObjects: mayBeDestroyed,
    });
    acknowledge(
      this.bucket,
      'S1',
      'only roles of this account read it; CloudTrail data events answer who did, when wanted',
    );
  }
}

/** What expires, by the first segment of the key; `artifacts/` and `state/` never do by age alone. */
function lifecycleRules(environment: Environment): LifecycleRule[] {
  return [
    {
      id: 'results',
      prefix: 'results/',
      expiration: Duration.days(environment.resultRetentionDays),
      noncurrentVersionExpiration: Duration.days(1),
    },
    {
      id: 'rejected',
      prefix: 'rejected/',
      expiration: Duration.days(rejectedRetentionDays),
      noncurrentVersionExpiration: Duration.days(1),
    },
    { id: 'incomplete-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) },
    {
      id: 'noncurrent-versions',
      noncurrentVersionExpiration: Duration.days(recoveryDays),
      expiredObjectDeleteMarker: true,
    },
  ];
}
