import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { StoreRefusedError } from '../../lib/artifact/store-errors.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryStore } from '../support/memory-store.ts';
import { fakeExecutions } from './fake-executions.ts';
import { aFlow, fakeCommandLine } from './fake-world.ts';

describe('help', () => {
  it('lists every command at 100 columns', async () => {
    const { stdout, exitCode } = await fakeCommandLine({ columns: 100 }).flow('--help');

    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: flow [options] [command]

      Runs data flows on this machine or on AWS, and shows what they did and made.

      Options:
        -h, --help  explain a command

      Flows:
        list        flows, their schedules and their last executions
        run         start a flow and follow it to its result
        check       find mistakes in state machines, manifests and settings
        test-state  try out one state: what goes in, what comes out, where it leads
        serve       run schedules, and answer the Step Functions API on this machine

      Executions:
        executions  what ran, when and how it ended
        show        one execution, state by state, and why it failed
        logs        what the tasks of an execution wrote
        stop        end a running execution
        redrive     take up an unsuccessful execution where it failed

      Artifacts:
        artifacts   published artifacts, or the versions of one
        artifact    schema, rows, checks and lineage of an artifact
        clean       expire old results and executions on this machine

      Start with 'flow list', then 'flow run <flow>'. Every command takes --env and --json.
      "
    `);
  });

  it('explains one command with its options and examples', async () => {
    const { stdout, exitCode } = await fakeCommandLine({ columns: 100 }).flow('run', '--help');

    expect(exitCode).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: flow run [options] <flow>

      Start a flow and follow it to its result.

      Arguments:
        flow                 name of the flow

      Options:
        --input <json>       the execution's input: JSON, or @file
        --name <name>        name of the execution; made up when left out
        --dry-run            the same as dryRun: true in the input, for flows that know it
        --no-follow          show no progress; on AWS, return as soon as it has started
        --live               ask the real sources instead of the sample server
        --env <environment>  one of local, dev, prod (default: "local")
        --json               print one JSON document
        -h, --help           explain this command

      Examples:
        flow run <flow>
        flow run <flow> --input '{"day": "2024-01-31"}'
        flow run <flow> --env dev --no-follow
      "
    `);
  });

  it("answers 'help <command>' like '<command> --help'", async () => {
    const commandLine = fakeCommandLine({ columns: 100 });

    expect(await commandLine.flow('help', 'show')).toEqual(await commandLine.flow('show', '--help'));
  });

  it('is what an empty command line gets', async () => {
    const commandLine = fakeCommandLine({ columns: 100 });

    expect(await commandLine.flow()).toEqual(await commandLine.flow('--help'));
  });
});

const mistakes = [
  { name: 'an unknown command', argv: ['rum'], says: "unknown command 'rum'; did you mean 'run'?" },
  { name: 'an unknown option', argv: ['list', '--jsom'], says: "unknown option '--jsom'" },
  {
    name: 'an unknown environment',
    argv: ['list', '--env', 'staging'],
    says: "unknown environment 'staging'; known environments: local, dev, prod",
  },
  { name: 'a missing argument', argv: ['run'], says: "missing required argument 'flow'" },
  { name: 'an argument too many', argv: ['list', 'verra-data'], says: 'too many arguments' },
  { name: 'an unknown flow', argv: ['run', 'vera-data'], says: "unknown flow 'vera-data'; did you mean 'verra-data'?" },
  { name: 'an unknown execution', argv: ['show', 'nowhere'], says: "unknown execution 'nowhere'" },
  {
    name: 'input that is no JSON',
    argv: ['run', 'verra-data', '--input', '{"month": x}'],
    says: "--input is not valid JSON: unexpected token 'x' at line 1, column 11",
  },
  {
    name: 'input that ends too early',
    argv: ['run', 'verra-data', '--input', '{"month": '],
    says: '--input is not valid JSON: unexpected end at line 1, column 11',
  },
  {
    name: 'an input file that is not there',
    argv: ['run', 'verra-data', '--input', '@no/such.json'],
    says: "input file 'no/such.json' does not exist",
  },
  {
    name: 'input of the wrong type',
    argv: ['run', 'verra-data', '--input', '{"month": 5}'],
    says: "input does not fit flow 'verra-data': 'month' is 5: expected string",
  },
  {
    name: 'a value that is not allowed',
    argv: ['run', 'verra-data', '--input', '{"month": "2020-13"}'],
    says: `'month' is "2020-13": a month such as 2020-01`,
  },
  {
    name: 'a field that is not known',
    argv: ['run', 'verra-data', '--input', '{"moth": "2020-01"}'],
    says: "'moth' is not known",
  },
  {
    name: 'a field that is not known, and says which are',
    argv: ['run', 'verra-data', '--input', '{"moth": "2020-01"}'],
    says: 'it accepts the fields month',
  },
  {
    name: 'a missing secret',
    argv: ['run', 'headlines'],
    says: "missing secret 'NYT_API_KEY', which FetchNews of flow 'headlines' reads",
  },
  {
    name: 'a missing secret of a flow that is started by it',
    argv: ['run', 'build-all'],
    says: "missing secret 'NYT_API_KEY', which FetchNews of flow 'headlines' reads",
  },
  {
    name: 'a state machine that is wrong',
    argv: ['run', 'broken'],
    says: "state-machines/carbon-markets/broken.asl.json, state 'Fetch'",
  },
  {
    name: 'a number that is none',
    argv: ['executions', '--limit', 'many'],
    says: "--limit is 'many'; it takes a whole number of 1 or more",
  },
] as const;

const startHeadlines = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Start',
  States: {
    Start: {
      Type: 'Task',
      Resource: 'arn:aws:states:::states:startExecution.sync:2',
      Arguments: { StateMachineArn: '${HeadlinesFlowArn}', Input: {} },
      End: true,
    },
  },
});

describe('mistakes', () => {
  const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month such as 2020-01');
  const flows = [
    aFlow({ name: 'verra-data', input: z.strictObject({ month: month.optional() }) }),
    aFlow({ name: 'headlines', tasks: { FetchNews: { secrets: ['NYT_API_KEY'] } } }),
    aFlow({ name: 'build-all' }, startHeadlines),
    aFlow({ name: 'broken' }, '{"StartAt":"Fetch","States":{"Fetch":{"Type":"Pass","Next":"Nowhere"}}}'),
  ];

  it.each(mistakes)('says $name in a sentence, exits 2 and writes nothing', async ({ argv, says }) => {
    const clock = fakeClock();
    const executions = fakeExecutions(clock);
    const artifacts = memoryStore(clock);

    const { stdout, stderr, exitCode } = await fakeCommandLine({ flows, executions, artifacts }).flow(...argv);

    expect({ stdout, exitCode, calls: executions.calls }).toEqual({ stdout: '', exitCode: 2, calls: [] });
    expect(stderr).toMatch(/^flow: /);
    expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(await Array.fromAsync(artifacts.list(''))).toEqual([]);
  });

  it('is one JSON document on stdout with --json', async () => {
    const { stdout, exitCode } = await fakeCommandLine({ flows }).flow('run', 'vera-data', '--json');

    expect(exitCode).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: "unknown flow 'vera-data'; did you mean 'verra-data'?",
      hint: "run 'flow list' to see all 4",
    });
  });

  it('says that the store cannot be read before anything is started', async () => {
    const executions = fakeExecutions(fakeClock());
    const refusal = new StoreRefusedError('cannot list results of /data: permission denied (EACCES)');
    const artifacts: ArtifactStore = {
      ...memoryStore(),
      async *list() {
        yield* [];
        throw refusal;
      },
    };

    const { stderr, exitCode } = await fakeCommandLine({ flows, executions, artifacts }).flow('run', 'verra-data');

    expect({ stderr, exitCode }).toEqual({
      stderr: 'flow: cannot list results of /data: permission denied (EACCES)\n',
      exitCode: 2,
    });
    expect(executions.calls).toEqual([]);
  });

  it('exits 70 with a stack trace when the mistake is ours', async () => {
    const executions = {
      ...fakeExecutions(fakeClock()),
      describe: () => Promise.reject(new TypeError('not a function')),
    };

    const { stderr, exitCode } = await fakeCommandLine({ executions }).flow('show', 'some-execution');

    expect(exitCode).toBe(70);
    expect(stderr).toMatch(/this is a bug[\s\S]*TypeError: not a function\n\s+at /);
  });
});

it('asks for sample answers only for commands that run tasks here', async () => {
  const commandLine = fakeCommandLine({ flows: [] });

  await commandLine.flow('list');
  await commandLine.flow('run', 'x');
  await commandLine.flow('run', 'x', '--live');
  await commandLine.flow('run', 'x', '--env', 'dev');

  expect(commandLine.requests.map(({ environment, source }) => [environment.name, source])).toEqual([
    ['local', 'none'],
    ['local', 'samples'],
    ['local', 'live'],
    ['dev', 'live'],
  ]);
});
