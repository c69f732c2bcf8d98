import { randomUUID } from 'node:crypto';
import type { ServiceException } from '../execution/service/service-exception.ts';

const contentType = 'application/x-amz-json-1.0';

/**
 * What an operation answers, in the protocol `AWS JSON 1.0`: times are seconds since the epoch.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export function answer(response: object): Response {
  return respond(200, JSON.stringify(response, secondsForDates));
}

/** A refusal; the client's fault in all cases that the service has names for. */
export function refusal({ exceptionName, message, members }: ServiceException): Response {
  return respond(400, JSON.stringify({ __type: exceptionName, message, ...members }), exceptionName);
}

/** Something that should not have happened; clients may try again. */
export function internalFailure(message: string): Response {
  return respond(500, JSON.stringify({ __type: 'InternalFailure', message }), 'InternalFailure');
}

function respond(status: number, body: string, errorType?: string): Response {
  const headers = { 'content-type': contentType, 'x-amzn-requestid': randomUUID() };
  return new Response(body, { status, headers: errorType ? { ...headers, 'x-amzn-errortype': errorType } : headers });
}

/** `this` holds the value as it was before its `toJSON` made a text of it. */
function secondsForDates(this: Readonly<Record<string, unknown>>, name: string, value: unknown): unknown {
  const original = this[name];
  return original instanceof Date ? original.getTime() / 1_000 : value;
}
