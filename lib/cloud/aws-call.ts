import { UsageError } from '../errors.ts';

/** Where calls go, for sentences about what went wrong with them. */
export interface CallTarget {
  readonly environment: string;
  readonly region: string;
}

type Sentence = (doing: string, target: CallTarget) => UsageError;

const noCredentials: Sentence = (doing, { environment }) =>
  new UsageError(`cannot ${doing}: there are no AWS credentials for '${environment}'`, {
    hint: "set AWS_PROFILE, or log in with 'aws sso login'",
  });
const oldCredentials: Sentence = (doing) =>
  new UsageError(`cannot ${doing}: the AWS credentials are no longer valid`, {
    hint: "renew them, e.g. with 'aws sso login'",
  });
const accessDenied: Sentence = (doing, { environment, region }) =>
  new UsageError(`cannot ${doing}: AWS denies it to these credentials on '${environment}' in ${region}`, {
    hint: "'aws sts get-caller-identity' shows who you are",
  });
const unreachable: Sentence = (doing, { region }) =>
  new UsageError(`cannot ${doing}: AWS in ${region} does not answer`, {
    hint: 'look at the network, and at AWS_ENDPOINT_URL if it is set',
  });

const failed: Sentence = (doing, { region }) =>
  new UsageError(`cannot ${doing}: AWS in ${region} failed at it or is too busy`, { hint: 'try again in a minute' });

const sentences: ReadonlyMap<string, Sentence> = new Map([
  ['CredentialsProviderError', noCredentials],
  ['ExpiredToken', oldCredentials],
  ['ExpiredTokenException', oldCredentials],
  ['UnrecognizedClientException', oldCredentials],
  ['InvalidClientTokenId', oldCredentials],
  ['InvalidSignatureException', oldCredentials],
  ['AccessDenied', accessDenied],
  ['AccessDeniedException', accessDenied],
  ['ECONNREFUSED', unreachable],
  ['ENOTFOUND', unreachable],
  ['ETIMEDOUT', unreachable],
  ['TimeoutError', unreachable],
  ['ThrottlingException', failed],
]);

/**
 * Calls AWS; refusals that a person can do something about come back as sentences.
 *
 * @param doing ends `cannot …`, e.g. `start asset-prices`
 */
export async function awsCall<T>(doing: string, target: CallTarget, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw sayAwsError(error, doing, target);
  }
}

function sayAwsError(error: unknown, doing: string, target: CallTarget): unknown {
  for (let each = error; each instanceof Error; each = each.cause) {
    const code = 'code' in each ? String(each.code) : '';
    const sentence = sentences.get(each.name) ?? sentences.get(code) ?? (isServerFault(each) ? failed : undefined);
    if (sentence) return Object.assign(sentence(doing, target), { cause: error });
  }
  return error;
}

function isServerFault(error: Error): boolean {
  const metadata = '$metadata' in error ? error.$metadata : undefined;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return false;
  return Number(metadata.httpStatusCode) >= 500;
}

/** Whether AWS answered with that error. */
export function isAwsError(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}
