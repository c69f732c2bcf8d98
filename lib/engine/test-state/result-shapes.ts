import type { Shape } from './check-result-shape.ts';

const text: Shape = { type: 'string' };
const number: Shape = { type: 'number' };
const anything: Shape = { type: 'anything' };

function object(fields: Readonly<Record<string, Shape>>, required: readonly string[] = []): Shape {
  return { type: 'object', fields, required };
}

function arrayOf(items: Shape): Shape {
  return { type: 'array', items };
}

function mapOf(values: Shape): Shape {
  return { type: 'map', values };
}

function range(minimum: number, maximum?: number): Shape {
  return { type: 'number', minimum, ...(maximum !== undefined && { maximum }) };
}

function length(minimumLength: number, maximumLength: number): Shape {
  return { type: 'string', minimumLength, maximumLength };
}

const capacity = { CapacityUnits: number, ReadCapacityUnits: number, WriteCapacityUnits: number };
const consumedCapacity = object({
  ...capacity,
  TableName: text,
  Table: object(capacity),
  LocalSecondaryIndexes: mapOf(object(capacity)),
  GlobalSecondaryIndexes: mapOf(object(capacity)),
});
const itemCollectionMetrics = object({ ItemCollectionKey: mapOf(anything), SizeEstimateRangeGB: arrayOf(number) });
const itemChange = object({
  Attributes: mapOf(anything),
  ConsumedCapacity: consumedCapacity,
  ItemCollectionMetrics: itemCollectionMetrics,
});
const item = object({ Item: mapOf(anything), ConsumedCapacity: consumedCapacity });
const itemList = object({
  Items: arrayOf(mapOf(anything)),
  Count: number,
  ScannedCount: number,
  LastEvaluatedKey: mapOf(anything),
  ConsumedCapacity: consumedCapacity,
});

const startedExecution = object({ ExecutionArn: length(1, 256), StartDate: text }, ['ExecutionArn', 'StartDate']);
/** What `.sync` waits for is described by another API than the one that is called. */
const describedExecution = object(
  {
    ExecutionArn: length(1, 256),
    StateMachineArn: length(1, 256),
    Name: text,
    Status: text,
    StartDate: text,
    StopDate: text,
  },
  ['ExecutionArn', 'StateMachineArn', 'Status', 'StartDate'],
);
const sentMessage = object({
  MD5OfMessageBody: text,
  MD5OfMessageAttributes: text,
  MD5OfMessageSystemAttributes: text,
  MessageId: text,
  SequenceNumber: text,
});
const published = object({ MessageId: text, SequenceNumber: text });
const putEvents = object({
  Entries: arrayOf(object({ EventId: text, ErrorCode: text, ErrorMessage: text })),
  FailedEntryCount: number,
});

const lambdaConfiguration = object({
  FunctionName: text,
  FunctionArn: text,
  Runtime: text,
  Role: text,
  Handler: length(0, 128),
  CodeSize: number,
  Description: length(0, 256),
  Timeout: range(1),
  MemorySize: range(128, 10_240),
  LastModified: text,
  CodeSha256: text,
  Version: length(1, 1_024),
  RevisionId: text,
  State: text,
  StateReason: text,
  StateReasonCode: text,
  LastUpdateStatus: text,
  LastUpdateStatusReason: text,
  LastUpdateStatusReasonCode: text,
  PackageType: text,
  Architectures: arrayOf(text),
  EphemeralStorage: object({ Size: range(512, 10_240) }, ['Size']),
  KMSKeyArn: text,
  MasterArn: text,
  Environment: object({ Variables: mapOf(text) }),
  Layers: arrayOf(object({ Arn: length(1, 140), CodeSize: number })),
  TracingConfig: object({ Mode: text }),
  VpcConfig: object({ SubnetIds: arrayOf(text), SecurityGroupIds: arrayOf(text), VpcId: text }),
});
const lambdaFunction = object({
  Configuration: lambdaConfiguration,
  Code: object({ RepositoryType: text, Location: text, ImageUri: text, ResolvedImageUri: text, SourceKMSKeyArn: text }),
  Tags: mapOf(text),
  Concurrency: object({ ReservedConcurrentExecutions: range(0) }),
});
const invocation = object({
  StatusCode: number,
  FunctionError: text,
  LogResult: text,
  ExecutedVersion: length(1, 1_024),
  Payload: anything,
});

/**
 * What the APIs that are most often mocked answer with, by `service:api`, and by `service:api.sync` where the end of what
 * was started is waited for; the answers of all others are not looked at.
 *
 * @see the "Response" section of each API's reference
 */
export const resultShapes: Readonly<Record<string, Shape>> = {
  'lambda:invoke': invocation,
  'aws-sdk:lambda:invoke': invocation,
  'aws-sdk:lambda:getFunction': lambdaFunction,
  'aws-sdk:lambda:getFunctionConfiguration': lambdaConfiguration,
  'states:startExecution': startedExecution,
  'states:startExecution.sync': describedExecution,
  'aws-sdk:sfn:startExecution': startedExecution,
  'events:putEvents': putEvents,
  'aws-sdk:eventbridge:putEvents': putEvents,
  'sqs:sendMessage': sentMessage,
  'aws-sdk:sqs:sendMessage': sentMessage,
  'sns:publish': published,
  'aws-sdk:sns:publish': published,
  'dynamodb:getItem': item,
  'dynamodb:putItem': itemChange,
  'dynamodb:updateItem': itemChange,
  'dynamodb:deleteItem': itemChange,
  'aws-sdk:dynamodb:getItem': item,
  'aws-sdk:dynamodb:putItem': itemChange,
  'aws-sdk:dynamodb:updateItem': itemChange,
  'aws-sdk:dynamodb:deleteItem': itemChange,
  'aws-sdk:dynamodb:query': itemList,
  'aws-sdk:dynamodb:scan': itemList,
  'aws-sdk:kms:encrypt': object({
    CiphertextBlob: length(1, 6_144),
    KeyId: length(1, 2_048),
    EncryptionAlgorithm: text,
  }),
  'aws-sdk:kms:decrypt': object({ Plaintext: length(1, 4_096), KeyId: length(1, 2_048), EncryptionAlgorithm: text }),
};
