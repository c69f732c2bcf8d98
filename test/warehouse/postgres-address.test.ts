import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readPostgresAddress } from '../../lib/warehouse/postgres-address.ts';
import { postgresWarehouse } from '../../lib/warehouse/postgres-warehouse.ts';
import { madeUpRoot, otherCertificate, rightCertificate } from './made-up-certificates.ts';
import { startTlsStandIn } from './tls-stand-in.ts';

const aurora = 'flows.cluster-abc.us-east-1.rds.amazonaws.com';
const { signal } = new AbortController();
let folder: string;
let rootsFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'roots-'));
  rootsFile = join(folder, 'roots.pem');
  await writeFile(rootsFile, madeUpRoot);
});
afterAll(() => rm(folder, { recursive: true }));
afterEach(() => void vi.unstubAllEnvs());

const noFile = '/nowhere/roots.pem';
const read = (url: string, roots = noFile) => readPostgresAddress(new URL(url), roots);

describe('the address of a server', () => {
  it('is read part by part', () => {
    expect(read('postgres://ada:p%40ss@localhost:6543/publications')).toEqual({
      ...{ host: 'localhost', port: 6543, user: 'ada', password: 'p@ss', database: 'publications', ssl: false },
    });
  });

  it.each([
    { name: 'another machine', url: 'postgres://ada@db.example/x', isChecked: true },
    { name: "Amazon's database", url: `postgres://ada@${aurora}/x`, isChecked: true },
    { name: 'this machine, when asked to', url: 'postgres://ada@127.0.0.1/x?sslmode=verify-full', isChecked: true },
    { name: 'a mode that is not known', url: 'postgres://ada@db.example/x?sslmode=prefer', isChecked: true },
    {
      name: 'a machine of which the check is left out',
      url: 'postgres://ada@db.example/x?sslmode=require',
      isChecked: false,
    },
  ])('has the certificate checked, or not: $name', ({ url, isChecked }) => {
    expect(read(url).ssl).toMatchObject({ rejectUnauthorized: isChecked });
  });

  it.each([
    {
      name: "Amazon's databases unencrypted",
      url: `postgres://ada@${aurora}/x?sslmode=disable`,
      says: 'sslmode=disable',
    },
    {
      name: "Amazon's databases unchecked",
      url: `postgres://ada@${aurora}/x?sslmode=require`,
      says: 'sslmode=require',
    },
    {
      name: 'one in capitals, to its last dot',
      url: 'postgres://ada@X.EU-WEST-1.RDS.AMAZONAWS.COM./x?sslmode=require',
      says: 'sslmode=require',
    },
    {
      name: 'one in China',
      url: 'postgres://ada@x.rds.cn-north-1.amazonaws.com.cn/x?sslmode=disable',
      says: 'sslmode=disable',
    },
    {
      name: 'a token in the clear',
      url: 'postgres://ada@127.0.0.1/x?auth=iam&sslmode=disable',
      says: 'sslmode=disable',
    },
  ])('may not be that of $name', ({ url, says }) => {
    expect(() => read(url)).toThrow(
      `WAREHOUSE_URL says ${says}; on Amazon's databases, and with auth=iam, the certificate is always checked`,
    );
  });

  it('has no other way to authenticate than a password and IAM', () => {
    expect(() => read('postgres://ada@db.example/x?auth=ldap')).toThrow(
      'WAREHOUSE_URL says auth=ldap; allowed is auth=iam, or a password and no auth',
    );
  });

  it("adds the platform's authorities to those that are trusted anyway, where it has some", () => {
    expect(read('postgres://ada@db.example/x', rootsFile).ssl).toMatchObject({
      ca: [...getCACertificates('default'), madeUpRoot],
    });
    expect(read('postgres://ada@db.example/x').ssl).not.toHaveProperty('ca');
  });
});

/** What comes of connecting to a server with this certificate, and the passwords that it has seen. */
async function connect(certificate: string, options: { rootsFile: string; query?: string }) {
  await using server = await startTlsStandIn(certificate);
  const url = `postgres://flows:in-the-clear@127.0.0.1:${server.port}/x?${options.query ?? 'sslmode=verify-full'}`;
  await using warehouse = postgresWarehouse(url, { signal, rootsFile: options.rootsFile });
  const error = await warehouse.query('SELECT 1').catch((caught: unknown) => caught);
  return { error: String(error), passwords: server.passwords, address: `127.0.0.1:${server.port}` };
}

describe('a connection to a server', () => {
  it('is made when an authority that is trusted vouches for the server', async () => {
    const { error, passwords } = await connect(rightCertificate, { rootsFile });

    expect(error).toContain('password authentication failed');
    expect(passwords).toEqual(['in-the-clear']);
  });

  it.each([
    { name: 'nobody that is trusted vouches for it', certificate: rightCertificate, isKnown: false, variables: {} },
    {
      name: 'checks are switched off for the process',
      certificate: rightCertificate,
      isKnown: false,
      variables: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    },
    { name: 'its certificate is that of another', certificate: otherCertificate, isKnown: true, variables: {} },
  ])('ends before the password is sent when $name', async ({ certificate, isKnown, variables }) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);

    const { error, passwords } = await connect(certificate, { rootsFile: isKnown ? rootsFile : noFile });

    expect(error).toContain('WarehouseRefusedError: the certificate of the warehouse cannot be trusted');
    expect(passwords).toEqual([]);
  });

  it('brings a signed token instead of a password with auth=iam', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAMADEUP');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'made-up');
    vi.stubEnv('AWS_REGION', 'eu-central-1');

    const { passwords, address } = await connect(rightCertificate, { rootsFile, query: 'auth=iam' });

    const token = new URL(`https://${passwords[0]}`);
    expect(token.host).toBe(address);
    expect(Object.fromEntries(token.searchParams)).toMatchObject({
      Action: 'connect',
      DBUser: 'flows',
      'X-Amz-Credential': expect.stringMatching(/^AKIAMADEUP\/\d{8}\/eu-central-1\/rds-db\/aws4_request$/),
      'X-Amz-Signature': expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});
