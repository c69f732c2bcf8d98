import { ConditionFailedError, ObjectNotFoundError, StoreRefusedError, StoreUnavailableError } from './store-errors.ts';

/** Where a request went, for the sentence about its failure. */
export interface S3Request {
  readonly bucket: string;
  readonly key: string;
}

const credentialErrors = ['CredentialsProviderError', 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken'];
const networkErrors = ['TimeoutError', 'AbortError', 'ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', 'ETIMEDOUT'];

/** The error as a user of the store should meet it; one that neither S3 nor the network made passes unchanged. */
export function s3Error(error: unknown, { bucket, key }: S3Request): unknown {
  const { name, status, attempts } = readError(error);
  const options = { cause: error };
  const where = `s3://${bucket}/${key}`;
  if (name === 'NoSuchKey') return new ObjectNotFoundError(`nothing is stored under ${where}`, options);
  if (isConditionFailure(error)) {
    return new ConditionFailedError(`${where} is not the object that was expected; another writer was faster`, options);
  }
  if (name === 'NoSuchBucket') return new StoreRefusedError(`bucket '${bucket}' does not exist`, options);
  if (credentialErrors.includes(name)) {
    return new StoreRefusedError(`the AWS credentials do not work for ${where} (${name}); sign in again`, options);
  }
  if (status === 403) {
    const hint = "check the credentials, and 'reads' and 'writes' in the flow's manifest";
    return new StoreRefusedError(`access to ${where} is denied (${name}); ${hint}`, options);
  }
  if (status === 301) {
    return new StoreRefusedError(`bucket '${bucket}' is in another region; set AWS_REGION to it`, options);
  }
  if (networkErrors.includes(name) || status >= 500 || status === 429) {
    return new StoreUnavailableError(`${where} did not answer in ${attempts} attempts (${name})`, options);
  }
  if (status >= 400) return new StoreRefusedError(`S3 refused ${where}: ${name} (${status})`, options);
  return error;
}

/** Whether S3 says that no such object exists; HEAD answers have no body and with it no better name. */
export function isNotFound(error: unknown): boolean {
  return ['NotFound', 'NoSuchKey'].includes(readError(error).name);
}

/** S3 says 412 when the condition does not hold, and 404 when there is nothing that could match. */
export function isConditionFailure(error: unknown): boolean {
  const { name, status } = readError(error);
  return status === 412 || isConflict(error) || name === 'PreconditionFailed';
}

/** Two conditional writes met; S3 asks to try again, because neither may have been decided. */
export function isConflict(error: unknown): boolean {
  return readError(error).name === 'ConditionalRequestConflict';
}

function readError(error: unknown): { name: string; status: number; attempts: number } {
  if (!(error instanceof Error)) return { name: '', status: 0, attempts: 0 };
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  const { httpStatusCode: status = 0, attempts = 1 } = isMetadata(metadata) ? metadata : {};
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { name: networkErrors.includes(code) ? code : error.name, status, attempts };
}

function isMetadata(value: unknown): value is { httpStatusCode?: number; attempts?: number } {
  return typeof value === 'object' && value !== null;
}
