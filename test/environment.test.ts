import { expect, it } from 'vitest';
import { environmentNamed, environments, parameterPath } from '../lib/environment.ts';

it('finds an environment by its name', () => {
  expect(environments.map(({ name }) => environmentNamed(name).name)).toEqual(['local', 'dev', 'prod']);
});

it('lists the known environments when asked for another', () => {
  expect(() => environmentNamed('staging')).toThrow(
    "unknown environment 'staging'; known environments: local, dev, prod",
  );
});

it('writes the path of a parameter, and of the one that shadows it for a flow', () => {
  expect(parameterPath('dev', 'PRICE_API_KEY')).toBe('/DataFlows/dev/PRICE_API_KEY');
  expect(parameterPath('dev', 'PRICE_API_KEY', 'asset-prices')).toBe('/DataFlows/dev/asset-prices/PRICE_API_KEY');
});
