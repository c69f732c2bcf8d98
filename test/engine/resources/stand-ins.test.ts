import { describe, expect, test } from 'vitest';
import { dynamoDbResources } from '../../../lib/engine/resources/dynamodb.ts';
import { eventsResource } from '../../../lib/engine/resources/events.ts';
import { messageResources, type SentMessage } from '../../../lib/engine/resources/messages.ts';
import { resourceName } from '../../../lib/engine/resources/resource-name.ts';
import { s3Resources } from '../../../lib/engine/resources/s3.ts';
import { ssmResources } from '../../../lib/engine/resources/ssm.ts';
import type { TaskResource } from '../../../lib/engine/resources/task-resource.ts';
import type { FlowEvent } from '../../../lib/event/event-bus.ts';
import type { Json } from '../../../lib/json.ts';
import { memoryObjects } from '../../support/memory-objects.ts';
import { runMachine } from '../../support/run-machine.ts';

/** The end of a machine whose only state calls the resource. */
async function call(name: string, parameters: Json, resources: Readonly<Record<string, TaskResource>>) {
  const Resource = `arn:aws:states:::${name}`;
  const definition = {
    StartAt: 'Call',
    States: { Call: { Type: 'Task', Resource, Parameters: parameters, End: true } },
  };
  return (await runMachine({ definition, resources })).end;
}

describe('a resource ARN', () => {
  test.each([
    {
      arn: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      expected: {
        kind: 'service',
        service: 'sqs',
        api: 'sendMessage',
        resource: 'sendMessage.waitForTaskToken',
        pattern: 'wait-for-task-token',
      },
    },
    {
      arn: 'arn:aws:states:::states:startExecution.sync:2',
      expected: {
        kind: 'service',
        service: 'states',
        api: 'startExecution',
        resource: 'startExecution.sync:2',
        pattern: 'sync:2',
      },
    },
    {
      arn: 'arn:aws:states:::aws-sdk:s3:getObject',
      expected: {
        kind: 'service',
        service: 'aws-sdk:s3',
        api: 'getObject',
        resource: 'getObject',
        pattern: 'request-response',
      },
    },
    {
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:f:$LATEST',
      expected: { kind: 'function', service: 'lambda', api: 'function', pattern: 'request-response' },
    },
    {
      arn: 'arn:aws:states:us-east-1:123456789012:activity:review',
      expected: { kind: 'activity', service: 'activity', api: 'review' },
    },
  ])('is taken apart: $arn', ({ arn, expected }) => {
    expect(resourceName(arn)).toMatchObject({ arn, ...expected });
  });
});

test('sends messages to queues and topics', async () => {
  const sent: SentMessage[] = [];
  const resources = messageResources((message) => void sent.push(message));

  const queued = await call('sqs:sendMessage', { QueueUrl: 'q', MessageBody: { a: 1 } }, resources);
  const published = await call('sns:publish', { TopicArn: 't', Message: 'hello' }, resources);
  const empty = await call('sqs:sendMessage', { QueueUrl: 'q' }, resources);

  expect(sent.map(({ target, body }) => [target, body])).toEqual([
    ['q', '{"a":1}'],
    ['t', 'hello'],
  ]);
  expect(queued).toMatchObject({
    output: { MD5OfMessageBody: 'bb6cb5c68df4652941caf652a366f2d8', MessageId: sent[0]?.messageId },
  });
  expect(published).toMatchObject({ output: { MessageId: sent[1]?.messageId } });
  expect(empty).toMatchObject({
    error: 'SQS.AmazonSQSException',
    cause: expect.stringContaining('the parameter MessageBody'),
  });
});

test('reads, writes and lists objects', async () => {
  const resources = s3Resources(memoryObjects({ b: { 'in/a': 'text' } }));

  const written = await call('aws-sdk:s3:putObject', { Bucket: 'b', Key: 'in/c', Body: 'more' }, resources);
  const read = await call('aws-sdk:s3:getObject', { Bucket: 'b', Key: 'in/c' }, resources);
  const listed = await call('aws-sdk:s3:listObjectsV2', { Bucket: 'b', Prefix: 'in/' }, resources);
  const missing = await call('aws-sdk:s3:getObject', { Bucket: 'b', Key: 'none' }, resources);

  expect(written.status).toBe('SUCCEEDED');
  expect(read).toMatchObject({ output: { Body: 'more', ContentLength: 4 } });
  expect(listed).toMatchObject({ output: { KeyCount: 2, Contents: [{ Key: 'in/a' }, { Key: 'in/c' }] } });
  expect(missing).toMatchObject({ status: 'FAILED', error: 'S3.NoSuchKeyException' });
});

test('looks parameters up', async () => {
  const resources = ssmResources(async (name) => (name === '/known' ? 'value' : undefined));

  const one = await call('aws-sdk:ssm:getParameter', { Name: '/known' }, resources);
  const some = await call('aws-sdk:ssm:getParameters', { Names: ['/known', '/other'] }, resources);
  const none = await call('aws-sdk:ssm:getParameter', { Name: '/other' }, resources);

  expect(one).toMatchObject({ output: { Parameter: { Name: '/known', Value: 'value' } } });
  expect(some).toMatchObject({ output: { Parameters: [{ Name: '/known' }], InvalidParameters: ['/other'] } });
  expect(none).toMatchObject({ status: 'FAILED', error: 'Ssm.ParameterNotFoundException' });
});

test('keeps items in tables', async () => {
  const resources = dynamoDbResources({ prices: ['id'] });
  const Item = { id: { S: 'a' }, price: { N: '1' } };

  await call('dynamodb:putItem', { TableName: 'prices', Item }, resources);
  const found = await call('aws-sdk:dynamodb:getItem', { TableName: 'prices', Key: { id: { S: 'a' } } }, resources);
  await call('dynamodb:deleteItem', { TableName: 'prices', Key: { id: { S: 'a' } } }, resources);
  const gone = await call('dynamodb:getItem', { TableName: 'prices', Key: { id: { S: 'a' } } }, resources);
  const other = await call('dynamodb:getItem', { TableName: 'other', Key: {} }, resources);
  const expression = { TableName: 'prices', Key: {}, ConditionExpression: 'attribute_exists(id)' };
  const refused = await call('dynamodb:deleteItem', expression, resources);

  expect(found).toMatchObject({ output: { Item } });
  expect(gone).toMatchObject({ output: {} });
  expect(other).toMatchObject({ error: 'DynamoDB.ResourceNotFoundException' });
  expect(refused).toMatchObject({ cause: expect.stringContaining('do not understand a ConditionExpression') });
});

test('puts events, and fails when one of them is malformed', async () => {
  const emitted: FlowEvent[] = [];
  const resources = {
    'events:putEvents': eventsResource({
      emit: async (event) => {
        emitted.push(event);
      },
    }),
  };
  const entry = { Source: 's', DetailType: 'd' };

  const put = await call('events:putEvents', { Entries: [{ ...entry, Detail: '{"a":1}' }] }, resources);
  const malformed = await call('events:putEvents', { Entries: [{ ...entry, Detail: '{' }] }, resources);

  expect(put).toMatchObject({ output: { FailedEntryCount: 0 } });
  expect(emitted).toEqual([{ source: 's', detailType: 'd', detail: { a: 1 } }]);
  expect(malformed).toMatchObject({
    error: 'EventBridge.FailedEntry',
    cause: expect.stringContaining('MalformedDetail'),
  });
});
