import type { JsonObject } from '../../json.ts';

/** Names of the exceptions of the Step Functions API that this project answers with. */
export type ExceptionName =
  | 'ActivityDoesNotExist'
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'ExecutionNotRedrivable'
  | 'InvalidArn'
  | 'InvalidDefinition'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'InvalidToken'
  | 'MissingRequiredParameter'
  | 'ResourceNotFound'
  | 'SerializationException'
  | 'StateMachineAlreadyExists'
  | 'StateMachineDoesNotExist'
  | 'StateMachineTypeNotSupported'
  | 'TaskTimedOut'
  | 'TooManyTags'
  | 'UnknownOperationException'
  | 'ValidationException';

/**
 * A request that the service refuses, by the name of its exception and in its words.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/CommonErrors.html
 */
export class ServiceException extends Error {
  override readonly name = 'ServiceException';
  readonly exceptionName: ExceptionName;
  /** More members of the exception, such as `resourceName`. */
  readonly members: JsonObject;

  constructor(exceptionName: ExceptionName, message: string, members: JsonObject = {}) {
    super(message);
    this.exceptionName = exceptionName;
    this.members = members;
  }
}
