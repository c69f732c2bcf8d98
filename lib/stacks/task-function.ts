import { Duration, RemovalPolicy, Size } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { functionName, taskLogGroupName } from '../flow/deployed-names.ts';
import { type Flow, type TaskManifest, taskDefaults } from '../flow/flow.ts';
import { retentionOf } from './log-retention.ts';
import { nativeLayer } from './native-layer.ts';
import type { EnvironmentResources } from './resources.ts';
import { serviceRole } from './service-role.ts';
import { taskStatements } from './task-policy.ts';
import { warehouseAccess } from './warehouse-access.ts';

/** Which task of which flow, and where it is deployed. */
export interface TaskFunctionProps {
  readonly flow: Flow;
  readonly taskName: string;
  readonly manifest: TaskManifest;
  readonly resources: EnvironmentResources;
}

/** One task on AWS: its Lambda, the role that only it has, and its log. */
export class TaskFunction extends Construct {
  readonly taskName: string;
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: TaskFunctionProps) {
    super(scope, id);
    const { flow, taskName, manifest, resources } = props;
    this.taskName = taskName;
    const { environment } = resources;
    const { code, version, needsNativeLayer } = resources.code.ofTask(flow, taskName);
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: taskLogGroupName(environment.name, flow.name, taskName),
      retention: retentionOf(environment),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const access = warehouseAccess(this, props);
    const role = serviceRole(this, 'Role', {
      service: 'lambda.amazonaws.com',
      description: `what the task ${taskName} of the flow ${flow.name} may do`,
      statements: [
        ...taskStatements(this, flow, { manifest, resources }),
        ...(access?.statements ?? []),
        logging(logGroup),
        tracing(),
      ],
      wildcards: 'they stand for versions of declared artifacts, log streams, and what has no names, such as X-Ray',
    });
    this.function = new LambdaFunction(this, 'Function', {
      functionName: functionName(environment.name, flow.name, taskName),
      description: `${taskName} of ${flow.name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: resources.architecture,
      handler: 'index.handler',
      code,
      layers: needsNativeLayer ? [nativeLayer(this, resources)] : [],
      timeout: Duration.seconds(manifest.timeoutSeconds ?? taskDefaults.timeoutSeconds),
      memorySize: manifest.memoryMiB ?? taskDefaults.memoryMiB,
      ephemeralStorageSize: Size.mebibytes(manifest.storageMiB ?? taskDefaults.storageMiB),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      ...access?.network,
      environment: {
        RESULTS_URL: `s3://${resources.bucket.bucketName}`,
        DATA_FLOWS_ENVIRONMENT: environment.name,
        DATA_FLOWS_FLOW: flow.name,
        EVENT_BUS_NAME: resources.eventBus.eventBusName,
        CODE_VERSION: version,
        ...access?.variables,
      },
    });
  }
}

function logging(logGroup: LogGroup): PolicyStatement {
  return new PolicyStatement({
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resources: [logGroup.logGroupArn],
  });
}

/** X-Ray has no resources to name. */
function tracing(): PolicyStatement {
  return new PolicyStatement({ actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], resources: ['*'] });
}
