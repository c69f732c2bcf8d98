import { environmentNamed } from '../environment.ts';
import type { Json } from '../json.ts';
import { httpSource } from '../source/http-source.ts';
import { type RunFacts, slackMessage } from './slack-message.ts';
import type { TaskContext } from './task-context.ts';

/** How an execution ended, for the people who watch it. */
export interface RunReport {
  /** `WARNING` for a run that succeeded and should be looked at. */
  readonly status: 'SUCCEEDED' | 'WARNING' | 'FAILED';
  /** Slack's name of a picture, such as `floppy_disk`. */
  readonly icon?: string;
  /** Counts and the like, in the order in which they are shown. */
  readonly figures?: Readonly<Record<string, string | number>>;
  readonly warnings?: readonly string[];
  /** Why it failed. */
  readonly error?: { readonly name: string; readonly cause: string };
  /** Leads to the execution in the Step Functions console: `$states.context.Execution.Id`. */
  readonly executionArn?: string;
}

/** The name of the secret that says where Slack, or what speaks its protocol, takes messages. */
export const webhookSecret = 'SLACK_WEBHOOK_URL';

/**
 * Tells how an execution ended: always by an event `Run Reported`, and by a message when the secret
 * `SLACK_WEBHOOK_URL` is set. A message that cannot be posted is logged and forgotten: it fails no run.
 *
 * The task declares `emits: true` and `optionalSecrets: ['SLACK_WEBHOOK_URL']`.
 */
export async function reportRun(context: TaskContext, report: RunReport): Promise<void> {
  const { flowName, executionName, executionStartedAt, codeVersion, environment, clock } = context;
  const facts: RunFacts = {
    ...{ flowName, executionName, codeVersion, environment },
    durationSeconds: Math.max(0, Math.round((clock.now() - executionStartedAt.getTime()) / 1000)),
    whereToLook: whereToLook(context, report.executionArn),
  };
  await context.events.emit({
    source: `data-flows.${flowName}`,
    detailType: 'Run Reported',
    detail: {
      flow: flowName,
      execution: executionName,
      status: report.status,
      codeVersion,
      environment,
      durationSeconds: facts.durationSeconds,
      figures: { ...report.figures },
      warnings: [...(report.warnings ?? [])],
      error: report.error ? { ...report.error } : null,
    },
  });
  const webhook = await context.secrets.find(webhookSecret);
  if (webhook !== undefined) await post(context, webhook, slackMessage(report, facts));
}

/** A page on AWS, a command on a laptop. */
function whereToLook({ environment, executionName }: TaskContext, executionArn: string | undefined): string {
  const region = executionArn?.split(':')[3];
  if (!region || environmentNamed(environment).runsOn === 'engine') return `flow show ${executionName}`;
  const page = `https://${region}.console.aws.amazon.com/states/home?region=${region}`;
  return `${page}#/v2/executions/details/${executionArn}`;
}

async function post(context: TaskContext, webhook: string, body: Json): Promise<void> {
  try {
    const { origin, pathname } = new URL(webhook);
    const slack = httpSource(context, { name: 'the webhook', baseUrl: origin, timeoutMs: 10_000, attempts: 3 });
    await slack.text({ method: 'POST', path: pathname, body });
  } catch (error) {
    context.signal.throwIfAborted();
    context.log.warn('the run report could not be posted', { error: String(error) });
  }
}
