import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { fixedSource } from '../../lib/secret/fixed-source.ts';
import { type RunReport, reportRun } from '../../lib/task/run-report.ts';
import type { TaskContext } from '../../lib/task/task-context.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { testContext, testWorld } from '../support/test-world.ts';

/** A webhook on loopback, and what it was sent. */
async function openWebhook(status = 200) {
  const received: { path: string; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const chunks = await Array.fromAsync(request);
    received.push({ path: request.url ?? '', body: JSON.parse(Buffer.concat(chunks).toString('utf8')) });
    response.writeHead(status).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open.push(() => server.close());
  const { port } = server.address() as AddressInfo; // a TCP server's address is one
  return { url: `http://127.0.0.1:${port}/services/T0/B0/made-up`, received };
}

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

function contextOf(overrides: Partial<TaskContext> = {}) {
  const { events, emitted } = testWorld();
  const clock = fakeClock({ startsAt: '2026-01-01T00:02:13.400Z', autoAdvance: true });
  return { context: testContext({ events, clock, ...overrides }), emitted };
}

const succeeded: RunReport = {
  status: 'SUCCEEDED',
  icon: 'floppy_disk',
  figures: { rows: 53_365, published: 'unchanged' },
};

describe('a run report', () => {
  it('is an event, and nothing else as long as no webhook is set', async () => {
    const { context, emitted } = contextOf();

    await reportRun(context, succeeded);

    expect(emitted).toEqual([
      {
        source: 'data-flows.test-flow',
        detailType: 'Run Reported',
        detail: {
          flow: 'test-flow',
          execution: 'test-execution',
          status: 'SUCCEEDED',
          codeVersion: 'test',
          environment: 'local',
          durationSeconds: 133,
          figures: { rows: 53_365, published: 'unchanged' },
          warnings: [],
          error: null,
        },
      },
    ]);
  });

  it.each<{ name: string; environment: string; report: RunReport; text: string[] }>([
    {
      name: 'of a run that succeeded on a laptop',
      environment: 'local',
      report: { ...succeeded, executionArn: 'arn:aws:states:us-east-1:1:execution:test-flow:test-execution' },
      text: [
        ':large_green_circle: :floppy_disk: *test-flow* test in 02:13 on local',
        'flow show test-execution',
        'rows: 53,365 · published: unchanged',
      ],
    },
    {
      name: 'of a run that failed on AWS',
      environment: 'prod',
      report: {
        status: 'FAILED',
        error: { name: 'InvalidDataError', cause: "column '<a>' & more" },
        executionArn: 'arn:aws:states:eu-west-1:1:execution:test-flow:test-execution',
      },
      text: [
        ':red_circle: *test-flow* test in 02:13 on prod',
        'https://eu-west-1.console.aws.amazon.com/states/home?region=eu-west-1#/v2/executions/details/arn:aws:states:eu-west-1:1:execution:test-flow:test-execution',
        "`InvalidDataError` column '&lt;a&gt;' &amp; more",
      ],
    },
    {
      name: 'of a run that should be looked at',
      environment: 'local',
      report: { status: 'WARNING', warnings: ['12 % of the rows were dropped'] },
      text: [
        ':large_yellow_circle: *test-flow* test in 02:13 on local',
        'flow show test-execution',
        ':warning: 12 % of the rows were dropped',
      ],
    },
  ])('is posted to the webhook: $name', async ({ environment, report, text }) => {
    const webhook = await openWebhook();
    const { context } = contextOf({ environment, secrets: fixedSource({ SLACK_WEBHOOK_URL: webhook.url }) });

    await reportRun(context, report);

    expect(webhook.received).toEqual([{ path: '/services/T0/B0/made-up', body: { text: text.join('\n') } }]);
  });

  it('fails no run when it cannot be posted', async () => {
    const webhook = await openWebhook(404);
    const { context, emitted } = contextOf({ secrets: fixedSource({ SLACK_WEBHOOK_URL: webhook.url }) });

    await reportRun(context, succeeded);

    expect([webhook.received.length, emitted.length]).toEqual([1, 1]);
  });
});
