import { App } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { readContext } from '../../lib/stacks/app-context.ts';

function read(context: Readonly<Record<string, string | undefined>>) {
  const { environment, architecture } = readContext(new App({ context }).node);
  return { environment: environment.name, architecture: architecture.name };
}

describe('context of the app', () => {
  it.each([
    { name: 'nothing', context: {}, is: { environment: 'dev', architecture: 'arm64' } },
    { name: 'an environment', context: { env: 'prod' }, is: { environment: 'prod', architecture: 'arm64' } },
    {
      name: 'an architecture',
      context: { architecture: 'x86_64' },
      is: { environment: 'dev', architecture: 'x86_64' },
    },
  ])('chooses what is to be deployed, given $name', ({ context, is }) => {
    expect(read(context)).toEqual(is);
  });

  it.each([
    {
      name: 'an environment that does not exist',
      context: { env: 'staging' },
      says: "unknown environment 'staging'; known environments: local, dev, prod",
    },
    {
      name: 'an environment that is not deployed',
      context: { env: 'local' },
      says: "environment 'local' is not deployed; those that are: dev, prod",
    },
    {
      name: 'an architecture that does not exist',
      context: { architecture: 'arm' },
      says: "unknown architecture 'arm'; allowed: arm64, x86_64",
    },
  ])('refuses $name and lists those that do', ({ context, says }) => {
    expect(() => read(context)).toThrow(says);
  });
});
