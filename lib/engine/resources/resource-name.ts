/** How a Task waits for what it has asked for. */
export type CallPattern = 'request-response' | 'sync' | 'sync:2' | 'wait-for-task-token';

/** A Task's `Resource`, taken apart. */
export interface ResourceName {
  /** As written. */
  readonly arn: string;
  /** A function or activity ARN, or a service of the `arn:aws:states:::` form. */
  readonly kind: 'function' | 'activity' | 'service';
  /** `lambda`, `sqs`, `aws-sdk:s3`; also the `resourceType` of history events. */
  readonly service: string;
  /** `invoke`, without the pattern. */
  readonly api: string;
  /** The history's `resource`: `sendMessage.waitForTaskToken`. */
  readonly resource: string;
  readonly pattern: CallPattern;
}

const patterns: Readonly<Record<string, CallPattern>> = {
  sync: 'sync',
  'sync:2': 'sync:2',
  waitForTaskToken: 'wait-for-task-token',
};

/**
 * Takes a Task's `Resource` apart; anything that is no service integration or activity counts as a function's ARN.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html
 */
export function resourceName(arn: string): ResourceName {
  const [, , arnService = '', , , ...rest] = arn.split(':');
  if (arnService === 'states' && rest[0] === 'activity') {
    return {
      arn,
      kind: 'activity',
      service: 'activity',
      api: rest.slice(1).join(':'),
      resource: arn,
      pattern: 'request-response',
    };
  }
  if (arnService !== 'states') {
    return { arn, kind: 'function', service: 'lambda', api: 'function', resource: arn, pattern: 'request-response' };
  }
  const target = rest.join(':');
  const [, service = '', resource = ''] = /^(aws-sdk:[^:]+|[^:]+):(.*)$/.exec(target) ?? ['', target, ''];
  const [api = '', suffix = ''] = splitOnce(resource, '.');
  return { arn, kind: 'service', service, api, resource, pattern: patterns[suffix] ?? 'request-response' };
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
