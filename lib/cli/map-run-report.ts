import type { Executions } from '../execution/executions.ts';
import type { FailedChild, MapRun, MapRunCounts } from '../execution/map-run.ts';
import { childLabel } from './child-label.ts';
import { type Fact, renderFacts } from './facts.ts';
import { sentenceIn } from './failure.ts';
import { clip, formatCount } from './format.ts';
import { type ExecutionTree, executionsIn, visitsIn } from './progress/execution-tree.ts';
import type { Paint } from './terminal.ts';

/** A Map Run, where it ran, and the first of its children that failed. */
export interface MapRunReport {
  readonly mapRun: MapRun;
  readonly flowName: string;
  readonly executionName: string;
  /** Undefined when the history does not tell it any more. */
  readonly stateName: string | undefined;
  readonly failed: readonly FailedChild[];
}

/** How many failed children of a Map Run are told of; on AWS each is a request. */
export const failuresTold = { inText: 5, inJson: 100 } as const;

/** Causes can be as long as a stack trace; in characters. */
const longestCause = 500;

/** The Map Runs of an execution and of those it started, in the order they began. */
export async function readMapRuns(executions: Executions, tree: ExecutionTree, limit: number): Promise<MapRunReport[]> {
  const reports: MapRunReport[] = [];
  for (const { executionArn, executionName, flowName, states } of executionsIn(tree)) {
    const stateNames = new Map(
      visitsIn({ states }).flatMap(({ name, mapRunArns }) => mapRunArns.map((arn) => [arn, name] as const)),
    );
    if (stateNames.size === 0) continue;
    for (const mapRun of await executions.mapRuns(executionArn)) {
      const failed = failedCount(mapRun.counts) > 0 ? await executions.failedChildren(mapRun, limit) : [];
      reports.push({ mapRun, flowName, executionName, stateName: stateNames.get(mapRun.mapRunArn), failed });
    }
  }
  return reports;
}

/** How many children of a Map Run ended how, and why the first of them failed. */
export function sayMapRun(report: MapRunReport, style: { width: number; paint: Paint; executionName: string }): string {
  const { mapRun, failed, executionName, flowName } = report;
  const { width, paint } = style;
  const elsewhere = executionName === style.executionName ? '' : ` in flow '${flowName}' (execution ${executionName})`;
  const head = renderFacts([['Map Run', `${titleOf(report)}${elsewhere}: ${sayCounts(mapRun.counts)}`]], style);
  if (failed.length === 0) return head;
  const inside = { width: width - indent.length, paint };
  const lines = renderFacts(factsOf(failed, inside.width), inside).split('\n');
  const more = failedCount(mapRun.counts) - failed.length;
  const hint = `… and ${formatCount(more)} more that failed; --json names up to ${failuresTold.inJson}`;
  const rest = more > 0 ? [paint('dim', hint)] : [];
  return [head, ...[...lines, ...rest].map((line) => `${indent}${line}`)].join('\n');
}

/** Each child with its reason, and the item below on one line. */
function factsOf(failed: readonly FailedChild[], width: number): Fact[] {
  const labels = failed.map(childLabel);
  const room = width - Math.max(...labels.map(({ length }) => length)) - 2;
  return failed.map((child, index) => {
    const lines = [reasonOf(child), clip(child.inputText, room)].filter((line) => line !== '');
    return [labels[index] ?? '', lines.join('\n')];
  });
}

const indent = '  ';

/** Whether anything went wrong that is worth a person's time. */
export function hasFailures({ mapRun }: MapRunReport): boolean {
  return failedCount(mapRun.counts) > 0;
}

/** A Map Run in the document of `--json`. */
export function mapRunJson({ mapRun, flowName, executionName, stateName, failed }: MapRunReport): unknown {
  const { mapRunArn, status, startDate, stopDate, redriveCount, counts } = mapRun;
  return {
    label: labelIn(mapRunArn),
    mapRunArn,
    flow: flowName,
    execution: executionName,
    state: stateName ?? null,
    status,
    startDate,
    stopDate: stopDate ?? null,
    redriveCount,
    counts,
    failedChildren: failed.map(({ inputText, cause, ...child }) => ({
      ...child,
      cause: cause === undefined ? null : sentenceIn(cause),
      inputText,
    })),
  };
}

function titleOf({ mapRun, stateName }: MapRunReport): string {
  const label = labelIn(mapRun.mapRunArn);
  return stateName === undefined || stateName === label ? label : `${label} of ${stateName}`;
}

/** The label in `arn:…:mapRun:<state machine>/<label>:<id>`. */
function labelIn(mapRunArn: string): string {
  const [place = ''] = mapRunArn.split(':').slice(-2);
  return place.slice(place.lastIndexOf('/') + 1);
}

function reasonOf({ error, cause, status }: FailedChild): string {
  const sentence = clip(sentenceIn(cause ?? ''), longestCause);
  return [error ?? status, sentence].filter((part) => part !== '').join(': ');
}

const countWords = [
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
  ['timedOut', 'timed out'],
  ['aborted', 'aborted'],
  ['running', 'running'],
  ['pending', 'pending'],
] as const satisfies [keyof MapRunCounts, string][];

function sayCounts(counts: MapRunCounts): string {
  const said = countWords.filter(([field]) => counts[field] > 0);
  if (said.length === 0) return 'no children';
  return said.map(([field, words]) => `${formatCount(counts[field])} ${words}`).join(', ');
}

function failedCount({ failed, timedOut }: MapRunCounts): number {
  return failed + timedOut;
}
