import { createHash, randomUUID } from 'node:crypto';
import type { Awaitable } from '../../asl/awaitable.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { serviceError } from './service-error.ts';
import type { TaskResource } from './task-resource.ts';

/** A message that a state sends to a queue or a topic. */
export interface SentMessage {
  readonly messageId: string;
  /** URL of the queue, or ARN of the topic. */
  readonly target: string;
  /** Text as it is; anything else as JSON text. */
  readonly body: string;
  /** Everything the state wrote, for what the body leaves out. */
  readonly parameters: Json;
}

/** Takes the messages that states send. */
export type MessageSink = (message: SentMessage) => Awaitable<void>;

/**
 * `sqs:sendMessage` and `sns:publish`, to a sink of this process; also with `.waitForTaskToken`.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html
 */
export function messageResources(sink: MessageSink): Record<'sqs:sendMessage' | 'sns:publish', TaskResource> {
  return {
    'sqs:sendMessage': {
      async call({ parameters }) {
        const { QueueUrl, MessageBody } = isJsonObject(parameters) ? parameters : {};
        if (MessageBody === undefined || MessageBody === '') throw missing('SQS.AmazonSQSException', 'MessageBody');
        const sent = sentMessage(String(QueueUrl ?? ''), MessageBody, parameters);
        await sink(sent);
        const digest = createHash('md5').update(sent.body).digest('hex');
        return { MD5OfMessageBody: digest, MessageId: sent.messageId };
      },
    },
    'sns:publish': {
      async call({ parameters }) {
        const { TopicArn, TargetArn, Message } = isJsonObject(parameters) ? parameters : {};
        if (Message === undefined || Message === '') throw missing('SNS.InvalidParameterException', 'Message');
        const sent = sentMessage(String(TopicArn ?? TargetArn ?? ''), Message, parameters);
        await sink(sent);
        return { MessageId: sent.messageId };
      },
    },
  };
}

function sentMessage(target: string, body: Json, parameters: Json): SentMessage {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { messageId: randomUUID(), target, body: text, parameters };
}

function missing(error: string, parameter: string) {
  const service = error.startsWith('SQS') ? 'AmazonSQS' : 'AmazonSNS';
  const message = `The request must contain the parameter ${parameter}.`;
  return serviceError({ service, error, code: 'MissingParameter', message });
}
