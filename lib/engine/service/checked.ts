import { isName } from '../../execution/name.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import type { Json } from '../../json.ts';
import { maxPayloadBytes } from '../payload.ts';

/** Kinds of resources in the ARNs of Step Functions. */
export type ResourceKind = 'stateMachine' | 'execution' | 'express' | 'activity' | 'mapRun';

/** @throws {ServiceException} `InvalidArn`: this is no ARN of one of these kinds */
export function checkArn(arn: string, ...kinds: readonly ResourceKind[]): void {
  const [prefix, , service, region, account, kind, ...rest] = arn.split(':');
  const refuse = (reason: string) => new ServiceException('InvalidArn', `Invalid Arn: '${reason}'`);
  if (prefix !== 'arn') throw refuse(`Invalid ARN prefix: ${arn}`);
  if (service !== 'states' || !region || !account || kind === undefined || rest.join('') === '') throw refuse(arn);
  if (!kinds.some((allowed) => allowed === kind)) throw refuse(`Resource type not valid in this context: ${kind}`);
}

/** @throws {ServiceException} `InvalidName` */
export function checkName(name: string): void {
  if (!isName(name)) throw new ServiceException('InvalidName', `Invalid Name: '${name}'`);
}

/**
 * The value of a JSON text of at most 262,144 bytes.
 *
 * @param refuse makes the exception for text that is no JSON, from what is wrong with it
 * @throws {ServiceException} the one of `refuse`, or `ValidationException` when it is too long
 */
export function readPayload(text: string, member: string, refuse: (problem: string) => ServiceException): Json {
  if (Buffer.byteLength(text) > maxPayloadBytes) {
    const problem = `Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${maxPayloadBytes}`;
    throw new ServiceException('ValidationException', `1 validation error detected: ${problem}`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw refuse(error instanceof Error ? error.message : String(error));
  }
}
