import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { IEventBus } from 'aws-cdk-lib/aws-events';
import type { Architecture, Code } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Environment } from '../environment.ts';
import type { Flow } from '../flow/flow.ts';

/** What is uploaded for one task's Lambda. */
export interface TaskCode {
  /** A folder with `index.mjs`, which exports `handler`. */
  readonly code: Code;
  /** Digest of the code, told to the task so that manifests can name it. */
  readonly version: string;
  readonly needsNativeLayer: boolean;
}

/** Where code comes from: the bundler and the lockfile, or a stand-in when a test is not about code. */
export interface CodeSource {
  ofTask(flow: Flow, taskName: string): TaskCode;
  /** Packages with native code, built for the architecture; a new instance at each call, as every stack needs one. */
  ofNativeLayer(): Code;
}

/** A warehouse that the environment has made for itself, and how Lambdas get there. */
export interface OwnWarehouse {
  /** As `WAREHOUSE_URL`; without a password, since who signs in shows a token of IAM's. */
  readonly url: string;
  /** What a role must be allowed to connect to. */
  readonly loginArn: string;
  readonly vpc: IVpc;
  /** Of the Lambdas. */
  readonly securityGroup: ISecurityGroup;
}

/** What the flows of one environment share. */
export interface EnvironmentResources {
  readonly environment: Environment;
  readonly architecture: Architecture;
  readonly code: CodeSource;
  readonly bucket: IBucket;
  readonly eventBus: IEventBus;
  readonly scheduleGroup: IScheduleGroup;
  /** Takes what never arrived: starts by schedules and events, and what a task should have been told. */
  readonly deadLetterQueue: IQueue;
  /** Tells the operator. */
  readonly alarmTopic: ITopic;
  /** Absent where a secret names the warehouse. */
  readonly warehouse?: OwnWarehouse;
}
