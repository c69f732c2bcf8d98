import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineFlow, type FlowManifest } from '../../lib/flow/flow.ts';

const manifest: FlowManifest = {
  name: 'asset-prices',
  group: 'markets',
  description: 'Daily close price of every tracked asset',
  input: z.object({}),
};

describe('defineFlow', () => {
  it('fills in what a manifest leaves out', () => {
    expect(defineFlow(manifest)).toEqual({
      ...manifest,
      schedules: [],
      startsOn: [],
      tasks: {},
      artifacts: [],
      overlap: 'skip',
    });
  });

  it.each<{ name: string; change: Partial<FlowManifest>; message: string }>([
    {
      name: 'a flow name in camelCase',
      change: { name: 'assetPrices' },
      message: "flow name 'assetPrices' is not kebab-case",
    },
    { name: 'a group with a space', change: { group: 'carbon markets' }, message: "group name 'carbon markets'" },
    { name: 'a name that is too long', change: { name: 'a'.repeat(61) }, message: 'longer than 60 characters' },
    { name: 'a task in kebab-case', change: { tasks: { 'fetch-prices': {} } }, message: 'is not PascalCase' },
    { name: 'a task named like a flow', change: { tasks: { PricesFlow: {} } }, message: 'a name that is reserved' },
    {
      name: 'a timeout no Lambda has',
      change: { tasks: { Fetch: { timeoutSeconds: 901 } } },
      message: 'timeoutSeconds 901; Lambda allows 1 to 900',
    },
    {
      name: 'more memory than a Lambda has',
      change: { tasks: { Fetch: { memoryMiB: 10_241 } } },
      message: 'memoryMiB 10241; Lambda allows 128 to 10,240',
    },
    {
      name: 'less storage than there is anyway',
      change: { tasks: { Fetch: { storageMiB: 511 } } },
      message: 'storageMiB 511; Lambda allows 512 to 10,240',
    },
    {
      name: 'a task for failures that is none of its tasks',
      change: { tasks: { Fetch: {} }, onFailure: 'Report' },
      message: "onFailure of flow 'asset-prices' is 'Report', no task of it; it has Fetch",
    },
  ])('refuses $name', ({ change, message }) => {
    expect(() => defineFlow({ ...manifest, ...change })).toThrow(message);
  });
});
