import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkFlow, flowsStartedBy } from '../../lib/flow/check-flow.ts';
import { defineFlow } from '../../lib/flow/flow.ts';

const flow = defineFlow({
  name: 'verra-data',
  description: 'A flow',
  group: 'carbon-markets',
  input: z.object({}),
  tasks: { FetchMonth: {} },
});
const file = 'functions/carbon-markets/verra-data/fetch-month.ts';
const goodFile = 'export const fetchMonth = defineTask();\nexport const handler = lambdaHandler(fetchMonth);\n';

function calling(...references: string[]): string {
  const states = references.map((name, index) => [`State${index}`, { Arguments: { FunctionName: `\${${name}}` } }]);
  return JSON.stringify({ StartAt: 'State0', States: Object.fromEntries(states) });
}

function check(aslText: string, files: Readonly<Record<string, string>> = { [file]: goodFile }) {
  const project = { flowNames: ['verra-data', 'raw-verra-data'], readFile: (path: string) => files[path] };
  return checkFlow({ flow, aslText }, project);
}

it('finds nothing to say about a flow whose parts fit', () => {
  expect(check(calling('FetchMonthArn', 'RawVerraDataFlowArn', 'EventBusArn'))).toEqual([]);
});

it('expects no state to call the task that is told of failures', () => {
  const told = { ...flow, onFailure: 'FetchMonth' };

  expect(checkFlow({ flow: told, aslText: calling() }, { flowNames: [], readFile: () => goodFile })).toEqual([]);
});

describe('problems', () => {
  const asl = 'state-machines/carbon-markets/verra-data.asl.json';
  const manifest = 'state-machines/carbon-markets/verra-data.flow.ts';

  it.each([
    {
      name: 'a task that is not declared',
      aslText: calling('FetchMonthArn', 'FetchYearArn'),
      problem: {
        file: asl,
        state: 'State1',
        message: `\${FetchYearArn} is no declared task; declared in ${manifest}: FetchMonth`,
      },
    },
    {
      name: 'a flow that does not exist',
      aslText: calling('FetchMonthArn', 'PricesFlowArn'),
      problem: {
        file: asl,
        state: 'State1',
        message: "there is no flow 'prices' to start; known flows: verra-data, raw-verra-data",
      },
    },
    {
      name: 'a reference that follows no rule',
      aslText: calling('FetchMonthArn', 'fetchMonth'),
      problem: {
        file: asl,
        state: 'State1',
        message: '${fetchMonth} is not a reference; write ${<Task>Arn}, ${<Flow>FlowArn} or ${EventBusArn}',
      },
    },
    {
      name: 'a declared task that nothing calls',
      aslText: calling('EventBusArn'),
      problem: {
        file: manifest,
        message: "task 'FetchMonth' is declared, but no state calls ${FetchMonthArn}; remove it or use it",
      },
    },
  ])('says $name, and where', ({ aslText, problem }) => {
    expect(check(aslText)).toEqual([{ severity: 'error', flowName: 'verra-data', ...problem }]);
  });

  it.each<{ name: string; files: Readonly<Record<string, string>>; says: string }>([
    {
      name: 'is missing',
      files: { 'another.ts': goodFile },
      says: "task 'FetchMonth' has no file; create it with 'export const fetchMonth = defineTask(…)'",
    },
    {
      name: 'exports no handler',
      files: { [file]: 'export const fetchMonth = defineTask();' },
      says: "task 'FetchMonth' needs 'export const handler'",
    },
    {
      name: 'exports nothing',
      files: { [file]: 'const fetchMonth = 1;' },
      says: "task 'FetchMonth' needs 'export const fetchMonth' and 'export const handler'",
    },
  ])('says that a task file $name', ({ files, says }) => {
    expect(check(calling('FetchMonthArn'), files)).toEqual([
      { severity: 'error', flowName: 'verra-data', file, message: says },
    ]);
  });

  it('names the innermost state, inside a Map too', () => {
    const aslText = JSON.stringify({
      States: { Each: { ItemProcessor: { States: { Fetch: { Arguments: ['${FetchMonthArn}', '${NothingArn}'] } } } } },
    });

    expect(check(aslText)).toMatchObject([{ state: 'Fetch' }]);
  });

  it('leaves text that is no JSON to the linter', () => {
    expect(check('{ "States": ${FetchMonthArn}')).toEqual([]);
  });
});

it('lists the flows that a flow starts', () => {
  expect(
    flowsStartedBy({ flow, aslText: calling('RawVerraDataFlowArn', 'FetchMonthArn', 'bad', 'PricesFlowArn') }),
  ).toEqual(['raw-verra-data', 'prices']);
});
