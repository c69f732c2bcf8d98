import { existsSync, readFileSync } from 'node:fs';
import { type ConnectionOptions, getCACertificates } from 'node:tls';
import type { PoolConfig } from 'pg';
import { UsageError } from '../errors.ts';

/**
 * Amazon's own certificate authorities, that of its databases among them. Lambda has the file and, from Node 20 on,
 * trusts none of it by itself.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html
 */
const lambdaRootsFile = '/var/runtime/ca-cert.pem';

const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;
const amazonDatabase = /\.rds(\.cn-[a-z0-9-]+)?\.amazonaws\.com(\.cn)?\.?$/i;

/**
 * What a `postgres://user:password@host:port/database` says. With `?sslmode=disable` there is no TLS, with `require`
 * TLS without a look at the certificate; otherwise the certificate must be good, except on this machine.
 *
 * With `?auth=iam` there is no password: each connection brings a token, signed with the credentials of the process.
 *
 * @param rootsFile more certificate authorities to trust, where it exists
 * @throws {UsageError} it would not look at a certificate where it must: on Amazon's databases, and before a token is sent
 */
export function readPostgresAddress(url: URL, rootsFile = lambdaRootsFile): PoolConfig {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = url.port === '' ? 5432 : Number(url.port);
  const user = decodeURIComponent(url.username);
  return {
    host,
    port,
    user,
    password: usesIam(url) ? () => token({ host, port, user }) : decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || user,
    ssl: tls(url, host, rootsFile),
  };
}

function usesIam(url: URL): boolean {
  const auth = url.searchParams.get('auth');
  if (auth === null || auth === 'iam') return auth === 'iam';
  throw new UsageError(`WAREHOUSE_URL says auth=${auth}; allowed is auth=iam, or a password and no auth`);
}

async function token(login: { host: string; port: number; user: string }): Promise<string> {
  const { iamToken } = await import('./iam-token.ts');
  return await iamToken(login);
}

function tls(url: URL, host: string, rootsFile: string): false | ConnectionOptions {
  const mustVerify = usesIam(url) || amazonDatabase.test(host);
  const mode =
    url.searchParams.get('sslmode') ?? (loopback.test(url.hostname) && !mustVerify ? 'disable' : 'verify-full');
  if (mustVerify && mode !== 'verify-full') {
    throw new UsageError(
      `WAREHOUSE_URL says sslmode=${mode}; on Amazon's databases, and with auth=iam, the certificate is always checked`,
      { hint: 'leave sslmode out' },
    );
  }
  if (mode === 'disable') return false;
  return {
    // said in so many words, as NODE_TLS_REJECT_UNAUTHORIZED=0 would change the default
    rejectUnauthorized: mode !== 'require',
    // otherwise the certificate of an address without a name would be held against 'localhost'
    host,
    // a list replaces what is trusted by default
    ...(existsSync(rootsFile) && { ca: [...getCACertificates('default'), readFileSync(rootsFile, 'utf8')] }),
  };
}
