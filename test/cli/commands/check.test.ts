import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fakeClock } from '../../support/fake-clock.ts';
import { aHistory } from '../a-history.ts';
import { fakeExecutions } from '../fake-executions.ts';
import { aFlow, fakeCommandLine } from '../fake-world.ts';

let projectFolder: string;

beforeEach(async () => {
  projectFolder = await mkdtemp(join(tmpdir(), 'flow-check-'));
});
afterEach(() => rm(projectFolder, { recursive: true }));

async function aTaskFile(flowName: string, task: string): Promise<void> {
  const file = join(projectFolder, 'functions/carbon-markets', flowName, `${task}.ts`);
  await mkdir(dirname(file), { recursive: true });
  const name = task.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  await writeFile(file, `export const ${name} = defineTask();\nexport const handler = lambdaHandler(${name});\n`);
}

function aslText(reference: string): string {
  const payload = { input: '{% $states.input %}', context: '{% $states.context %}' };
  return JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Fetch',
    States: {
      Fetch: {
        Type: 'Task',
        Resource: 'arn:aws:states:::lambda:invoke',
        Arguments: { FunctionName: `\${${reference}}`, Payload: payload },
        End: true,
      },
    },
  });
}

const passThrough = { StartAt: 'Keep', States: { Keep: { Type: 'Pass', End: true } } };

/** A history in which one state passes a text of so many bytes on. */
function aPassOf(sizeBytes: number) {
  const text = JSON.stringify('x'.repeat(sizeBytes - 2));
  return aHistory('2026-11-20T06:00:00.000Z', [
    { type: 'ExecutionStarted', details: { input: text } },
    { type: 'PassStateEntered', details: { name: 'Keep', input: text } },
    { type: 'PassStateExited', details: { name: 'Keep', output: text } },
    { type: 'ExecutionSucceeded', details: { output: text } },
  ]);
}

const tasks = { FetchPrices: { secrets: ['PRICE_API_KEY'] } };

describe('flow check', () => {
  it('is content with flows whose parts fit together', async () => {
    await aTaskFile('prices', 'fetch-prices');
    const flows = [aFlow({ name: 'prices', tasks }, aslText('FetchPricesArn'))];

    const { stdout, exitCode } = await fakeCommandLine({ flows, projectFolder, secrets: { PRICE_API_KEY: 'x' } }).flow(
      'check',
    );

    expect({ stdout, exitCode }).toEqual({ stdout: 'no problems in 1 flow\n', exitCode: 0 });
  });

  it('says what is wrong by file and state, and exits 1', async () => {
    const flows = [aFlow({ name: 'prices', tasks }, aslText('FetchQuotesArn')), aFlow({ name: 'quotes' })];

    const { stdout, exitCode } = await fakeCommandLine({ flows, projectFolder }).flow('check');

    expect(exitCode).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "state-machines/carbon-markets/prices.asl.json
        error    state 'Fetch': \${FetchQuotesArn} is no declared task; declared in state-machines/carbon-markets/prices.flow.ts: FetchPrices

      state-machines/carbon-markets/prices.flow.ts
        error    task 'FetchPrices' is declared, but no state calls \${FetchPricesArn}; remove it or use it
        warning  missing secret 'PRICE_API_KEY', which FetchPrices of flow 'prices' reads; set PRICE_API_KEY in .env or as a process variable; .env.example says where to get it

      functions/carbon-markets/prices/fetch-prices.ts
        error    task 'FetchPrices' has no file; create it with 'export const fetchPrices = defineTask(…)'

      3 errors and 1 warning in 2 flows
      "
    `);
  });

  it('warns of a missing secret where the sample server needs none, and fails where it is needed', async () => {
    await aTaskFile('prices', 'fetch-prices');
    const flows = [aFlow({ name: 'prices', tasks }, aslText('FetchPricesArn'))];
    const { flow } = fakeCommandLine({ flows, projectFolder });

    const onLocal = await flow('check', '--json');
    const onProd = await flow('check', '--json', '--env', 'prod');

    expect([onLocal.exitCode, onProd.exitCode]).toEqual([0, 1]);
    expect(JSON.parse(onProd.stdout)).toEqual({
      flows: ['prices'],
      problems: [
        {
          severity: 'error',
          flowName: 'prices',
          file: 'state-machines/carbon-markets/prices.flow.ts',
          message:
            "missing secret 'PRICE_API_KEY', which FetchPrices of flow 'prices' reads; " +
            'put it into SSM as the SecureString /DataFlows/prod/PRICE_API_KEY',
        },
      ],
      limits: [],
    });
  });

  it('misses no address of a warehouse where the stack makes one', async () => {
    await aTaskFile('prices', 'fetch-prices');
    const flows = [
      aFlow({ name: 'prices', tasks: { FetchPrices: { secrets: ['WAREHOUSE_URL'] } } }, aslText('FetchPricesArn')),
    ];

    const named = await fakeCommandLine({ flows, projectFolder }).flow('check', '--env', 'dev');
    const own = await fakeCommandLine({ flows, projectFolder, warehouse: 'aurora' }).flow('check', '--env', 'dev');

    expect(named.stdout).toContain("missing secret 'WAREHOUSE_URL'");
    expect(own).toMatchObject({ stdout: 'no problems in 1 flow\n', exitCode: 0 });
  });

  it('tells how far the newest executions are from the limits, and warns of those that are near', async () => {
    const flows = [aFlow({ name: 'prices' }, JSON.stringify(passThrough)), aFlow({ name: 'quotes' })];
    const executions = fakeExecutions(fakeClock(), {
      past: [
        { execution: { name: 'small', flowName: 'prices' }, history: aPassOf(1_000) },
        { execution: { name: 'large', flowName: 'quotes' }, history: aPassOf(200_000) },
      ],
    });
    const { flow } = fakeCommandLine({ flows, executions, projectFolder });

    const said = await flow('check');
    const json = await flow('check', '--json');

    expect(said.exitCode).toBe(0);
    expect(said.stdout).toMatchInlineSnapshot(`
      "state-machines/carbon-markets/quotes.asl.json
        warning  state 'Keep': its input of 200,000 of 262,144 bytes is the largest payload in 1 execution; hand it on by reference

      state-machines/carbon-markets/prices.asl.json
        note     state 'Keep': its input of 1,000 of 262,144 bytes is the largest payload in 1 execution

      0 errors and 1 warning in 2 flows
      "
    `);
    expect(JSON.parse(json.stdout)).toMatchObject({
      problems: [{ severity: 'warning', flowName: 'quotes', state: 'Keep' }],
      limits: [{ flowName: 'prices', state: 'Keep' }],
    });
  });

  it('looks at one flow only when it is named', async () => {
    const flows = [aFlow({ name: 'prices', tasks }, aslText('FetchQuotesArn')), aFlow({ name: 'quotes' })];

    const { stdout } = await fakeCommandLine({ flows, projectFolder }).flow('check', 'quotes');

    expect(stdout).toBe('no problems in 1 flow\n');
  });
});
