import { describe, expect, it } from 'vitest';
import {
  aslPath,
  kebabCase,
  readReference,
  referencesIn,
  substituteReferences,
  taskPath,
} from '../../lib/flow/task-path.ts';

describe('readReference', () => {
  it.each([
    { name: 'FetchPricesArn', reference: { kind: 'task', taskName: 'FetchPrices' } },
    { name: 'AssetPricesFlowArn', reference: { kind: 'flow', flowName: 'asset-prices' } },
    { name: 'EventBusArn', reference: { kind: 'event-bus' } },
  ])('reads $name', ({ name, reference }) => {
    expect(readReference(name)).toEqual(reference);
  });

  it.each(['fetchPricesArn', 'FetchPrices', 'Arn', '', 'Fetch-PricesArn'])('refuses %j', (name) => {
    expect(() => readReference(name)).toThrow('write ${<Task>Arn}, ${<Flow>FlowArn} or ${EventBusArn}');
  });
});

describe('paths', () => {
  it.each([
    { name: 'FetchPrices', expected: 'fetch-prices' },
    { name: 'FetchPDFText', expected: 'fetch-pdf-text' },
    { name: 'Co2Metrics', expected: 'co2-metrics' },
    { name: 'Publish', expected: 'publish' },
  ])('writes $name as $expected', ({ name, expected }) => {
    expect(kebabCase(name)).toBe(expected);
  });

  it('leads from a flow to its state machine and to the code of a task', () => {
    const flow = { group: 'markets', name: 'asset-prices' };

    expect(aslPath(flow)).toBe('state-machines/markets/asset-prices.asl.json');
    expect(taskPath(flow, 'FetchPrices')).toEqual({
      file: 'functions/markets/asset-prices/fetch-prices.ts',
      exportName: 'fetchPrices',
    });
  });
});

describe('references in a state machine', () => {
  const text = '{"Resource":"${FetchArn}","Next":"${AssetPricesFlowArn}","Again":"${FetchArn}"}';

  it('lists each name once, in order', () => {
    expect(referencesIn(text)).toEqual(['FetchArn', 'AssetPricesFlowArn']);
  });

  it('fills in what stands for each, safe inside JSON text', () => {
    const filled = substituteReferences(text, (reference) => `${reference.kind} "quoted"`);

    expect(JSON.parse(filled)).toEqual({
      Resource: 'task "quoted"',
      Next: 'flow "quoted"',
      Again: 'task "quoted"',
    });
  });
});
