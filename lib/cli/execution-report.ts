import { environments } from '../environment.ts';
import type { Execution } from '../execution/execution.ts';
import { isJsonObject, type Json } from '../json.ts';
import { childKey } from './child-label.ts';
import type { Invocation, Report } from './command.ts';
import { executionSummary } from './execution-summary.ts';
import { exitCodeOf } from './exit-codes.ts';
import { type Fact, renderFacts } from './facts.ts';
import { type FailurePoint, failurePointIn, sentenceIn } from './failure.ts';
import { clip, durationBetween, formatDuration, wrapWords } from './format.ts';
import { failuresTold, hasFailures, type MapRunReport, mapRunJson, readMapRuns, sayMapRun } from './map-run-report.ts';
import type { ExecutionTree } from './progress/execution-tree.ts';
import { publicationTable, sayWhatChanged } from './publication-table.ts';
import { nameArtifacts, type PublishedArtifact, publicationsIn } from './publications.ts';
import { type Paint, paintFor, widthOf } from './terminal.ts';

const outputLines = 20;
/** Longer lines are cut; shorter ones may go on in the next line of the terminal, because URLs are there to be copied. */
const outputLineLength = 300;

/**
 * How an execution ended, what it answered, and what it and those it started published or left unchanged.
 *
 * @param options.withMapRuns whether Map Runs are told of in which nothing failed
 */
export async function reportExecution(
  invocation: Invocation,
  execution: Execution,
  tree: ExecutionTree,
  { withMapRuns = false }: { readonly withMapRuns?: boolean } = {},
): Promise<Report> {
  const { terminal, world, isJson } = invocation;
  const mapRuns = await readMapRuns(world.executions, tree, isJson ? failuresTold.inJson : failuresTold.inText);
  const style = { width: widthOf(terminal.stdout), paint: paintFor(terminal.stdout) };
  const published = publicationsIn(tree);
  const failure = failurePointIn(tree);
  const sections = [
    sayStatus(execution, world.clock.now(), style.paint),
    failure
      ? sayFailure(execution, { point: failure, mapRuns }, { ...style, environment: world.environment.name })
      : '',
    ...mapRuns
      .filter((mapRun) => withMapRuns || hasFailures(mapRun))
      .map((mapRun) => sayMapRun(mapRun, { ...style, executionName: execution.name })),
    execution.output === undefined ? '' : sayOutput(nameArtifacts(execution.output), style),
    published.length === 0 ? '' : publicationTable(published, { ...style, homeFolder: world.homeFolder }),
    execution.status === 'SUCCEEDED' ? wrapWords(sayWhatChanged(published), style.width) : '',
  ];
  return {
    text: sections.filter((section) => section !== '').join('\n\n'),
    json: executionJson(invocation, execution, { published, failure, mapRuns }),
    exitCode: exitCodeOf(execution.status),
  };
}

function sayStatus(execution: Execution, now: number, paint: Paint): string {
  const look = execution.status === 'SUCCEEDED' ? 'green' : execution.status === 'RUNNING' ? 'cyan' : 'red';
  const took = formatDuration(durationBetween(execution.startDate, execution.stopDate, now));
  return `${paint(look, execution.status)} ${execution.stopDate ? 'in' : 'for'} ${took}`;
}

/** The state, the error and its text, and the commands that lead on. */
function sayFailure(
  execution: Execution,
  { point, mapRuns }: { point: FailurePoint; mapRuns: readonly MapRunReport[] },
  style: { width: number; paint: Paint; environment: string },
): string {
  const env = style.environment === environments[0].name ? '' : ` --env ${style.environment}`;
  const iteration = point.iteration === undefined ? '' : `, iteration ${point.iteration}`;
  const elsewhere =
    point.executionName === execution.name ? '' : ` of flow '${point.flowName}' (execution ${point.executionName})`;
  const facts: Fact[] = [
    ['state', `${point.stateName ?? 'none was entered'}${iteration}${elsewhere}`],
    ['error', point.failure.error],
    ['cause', sentenceIn(point.failure.cause) || 'none given'],
    ['look further', `flow logs ${point.executionName}${sayChild(point, mapRuns)}${env}`],
    ['try again', `flow redrive ${execution.name}${env}`],
  ];
  return renderFacts(facts, style);
}

/** Where a Map Run failed because children did, the first of them is where to begin. */
function sayChild({ executionName, stateName }: FailurePoint, mapRuns: readonly MapRunReport[]): string {
  const own = mapRuns.findLast((each) => each.executionName === executionName && each.stateName === stateName);
  const [child] = own?.mapRun.status === 'FAILED' ? own.failed : [];
  return child ? ` --child ${childKey(child)}` : '';
}

function sayOutput(output: Json, { width, paint }: { width: number; paint: Paint }): string {
  const title = paint('dim', 'output');
  const onOneLine = JSON.stringify(output);
  if (onOneLine.length + 'output  '.length <= Math.min(width, 200)) return `${title}  ${onOneLine}`;
  const lines = JSON.stringify(output, undefined, 2).split('\n');
  const shown = lines.slice(0, outputLines).map((line) => clip(line, Math.max(width, outputLineLength)));
  const rest = lines.length - shown.length;
  return [title, ...shown, ...(rest > 0 ? [paint('dim', `… ${rest} more lines; --json prints all`)] : [])].join('\n');
}

/** What else is known of an execution and of those it started. */
interface Findings {
  readonly published: readonly PublishedArtifact[];
  readonly failure: FailurePoint | undefined;
  readonly mapRuns: readonly MapRunReport[];
}

/** The document of `--json` for an execution that was run or redriven. */
function executionJson(
  { world }: Invocation,
  execution: Execution,
  { published, failure, mapRuns }: Findings,
): unknown {
  return {
    ...executionSummary(execution, world.clock.now()),
    environment: world.environment.name,
    source: world.source,
    input: execution.input,
    output: execution.output ?? null,
    ...outputUrlIn(execution.output),
    failure: failure
      ? { ...failure, failure: undefined, error: failure.failure.error, cause: sentenceIn(failure.failure.cause) }
      : null,
    ...(mapRuns.length > 0 && { mapRuns: mapRuns.map(mapRunJson) }),
    artifacts: published.map(({ durationMs, flowName, ...publication }) => ({
      ...publication,
      flow: flowName,
      durationSeconds: durationMs / 1000,
    })),
  };
}

/** Where to find what an execution wrote besides artifacts, when its output says so. */
function outputUrlIn(output: Json | undefined): { outputUrl?: string } {
  const url = isJsonObject(output) ? output.outputUrl : undefined;
  return typeof url === 'string' ? { outputUrl: url } : {};
}

/** An execution that was started and left to itself. */
export function reportStarted({ world }: Invocation, execution: Execution): Report {
  const env = `--env ${world.environment.name}`;
  return {
    text: `started execution ${execution.name} of ${execution.flowName} on ${world.environment.name}\nflow show ${execution.name} ${env}  shows how it goes`,
    json: { ...executionSummary(execution, world.clock.now()), environment: world.environment.name },
  };
}
