import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../lib/cli/world.ts';
import { cron } from '../../../lib/flow/schedule.ts';
import { fakeClock } from '../../support/fake-clock.ts';
import { fakeExecutions } from '../fake-executions.ts';
import { aFlow, fakeCommandLine } from '../fake-world.ts';

/** An endpoint that listens nowhere, and what was asked of it. */
function fakeEndpoint() {
  const calls: string[] = [];
  const listening = Promise.withResolvers<void>();
  return {
    calls,
    listening: listening.promise,
    async open(port: number): Promise<Endpoint> {
      calls.push(`open ${port}`);
      listening.resolve();
      return {
        url: `http://127.0.0.1:${port}`,
        close: async ({ error, cause }) => void calls.push(`close ${error}: ${cause}`),
      };
    },
  };
}

const scheduled = aFlow({ name: 'verra-data', schedules: [cron('40 6 * * ? *')] });

describe('flow serve', () => {
  test('answers until Ctrl-C, then hangs up and aborts what runs', async () => {
    const endpoint = fakeEndpoint();
    const clock = fakeClock({ startsAt: '2026-11-20T06:35:00.000Z' });
    const commandLine = fakeCommandLine({ clock, flows: [scheduled], openEndpoint: endpoint.open });

    const serving = commandLine.flow('serve');
    await endpoint.listening;
    await clock.advance(0);
    commandLine.interrupt();
    const { exitCode, stdout } = await serving;

    expect(endpoint.calls).toEqual(['open 4200', 'close Interrupted: flow serve was stopped']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        'Step Functions API on http://127.0.0.1:4200',
        '  aws stepfunctions list-state-machines --endpoint-url http://127.0.0.1:4200',
        '2026-11-20 06:40 UTC  verra-data is due next',
        'source: the sample server at http://127.0.0.1:4000; Ctrl-C stops',
        'stopping; executions that still run are aborted, and can be redriven',
        'stopped',
        '',
      ].join('\n'),
    );
  });

  test('starts flows that are due, one line each', async () => {
    const endpoint = fakeEndpoint();
    const clock = fakeClock({ startsAt: '2026-11-20T06:35:00.000Z' });
    const executions = fakeExecutions(clock, { starting: [{ execution: { name: 'any', flowName: 'verra-data' } }] });
    const commandLine = fakeCommandLine({ clock, flows: [scheduled], executions, openEndpoint: endpoint.open });

    const serving = commandLine.flow('serve', '--port', '0', '--json');
    await endpoint.listening;
    await clock.advance(5 * 60_000);
    commandLine.interrupt();
    const { stdout, stderr } = await serving;

    expect(executions.calls).toEqual(['start verra-data {} as verra-data-20261120T0640Z']);
    expect(stderr).toContain('2026-11-20 06:40 UTC  verra-data started as verra-data-20261120T0640Z\n');
    expect(JSON.parse(stdout)).toEqual({
      url: 'http://127.0.0.1:0',
      fired: [
        {
          flow: 'verra-data',
          dueAt: '2026-11-20T06:40:00.000Z',
          outcome: 'started',
          execution: 'verra-data-20261120T0640Z',
        },
      ],
    });
  });

  test('says why a flow is not started, and serves on', async () => {
    const endpoint = fakeEndpoint();
    const clock = fakeClock({ startsAt: '2026-11-20T06:35:00.000Z' });
    const needy = aFlow({
      name: 'verra-data',
      schedules: [cron('40 6 * * ? *')],
      tasks: { Fetch: { secrets: ['VERRA_API_KEY'] } },
    });
    const commandLine = fakeCommandLine({ clock, flows: [needy], openEndpoint: endpoint.open });

    const serving = commandLine.flow('serve');
    await endpoint.listening;
    await clock.advance(5 * 60_000);
    commandLine.interrupt();
    const { exitCode, stdout } = await serving;

    expect(stdout).toContain("2026-11-20 06:40 UTC  verra-data not started: missing secret 'VERRA_API_KEY'");
    expect(exitCode).toBe(0);
  });

  test.each([
    { name: 'a port that is no number', argv: ['--port', 'web'], stderr: "flow: --port is 'web'" },
    {
      name: 'an environment on AWS',
      argv: ['--env', 'dev'],
      stderr: "flow: flow serve runs on this machine; 'dev' runs on AWS",
    },
  ])('refuses $name', async ({ argv, stderr }) => {
    const endpoint = fakeEndpoint();
    const isLocal = !argv.includes('--env');
    const commandLine = fakeCommandLine({ ...(isLocal && { openEndpoint: endpoint.open }) });

    const result = await commandLine.flow('serve', ...argv);

    expect(result).toMatchObject({ exitCode: 2, stdout: '' });
    expect(result.stderr).toContain(stderr);
    expect(endpoint.calls).toEqual([]);
  });
});
