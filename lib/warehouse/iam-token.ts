import { Signer } from '@aws-sdk/rds-signer';

/** Who wants to connect, and to which database of Amazon's. */
export interface IamLogin {
  readonly host: string;
  readonly port: number;
  readonly user: string;
}

/**
 * A password for one connection, good for a quarter of an hour: a signature, made here and without a request.
 *
 * Credentials and region are those of the process, which needs the right `rds-db:connect` for the user.
 */
export async function iamToken({ host, port, user }: IamLogin): Promise<string> {
  return await new Signer({ hostname: host, port, username: user }).getAuthToken();
}
