import type { JsonObject } from '../json.ts';
import type { RunReport } from './run-report.ts';

/** What is said about an execution besides how it ended. */
export interface RunFacts {
  readonly flowName: string;
  readonly executionName: string;
  readonly codeVersion: string;
  readonly environment: string;
  readonly durationSeconds: number;
  /** A page, or a command. */
  readonly whereToLook: string;
}

const circles = {
  SUCCEEDED: ':large_green_circle:',
  WARNING: ':large_yellow_circle:',
  FAILED: ':red_circle:',
} as const;

/** Longest cause that is quoted; Slack cuts messages of more than 40,000 characters. */
const longestCause = 2_000;

/**
 * The body that Slack's incoming webhooks take.
 *
 * First line: circle, icon, flow, version, duration, environment; second: where to look; then figures, warnings and the
 * error, as far as there are any.
 */
export function slackMessage(report: RunReport, facts: RunFacts): JsonObject {
  const signs = [circles[report.status], ...(report.icon ? [`:${report.icon}:`] : [])].join(' ');
  const figures = Object.entries(report.figures ?? {}).map(([name, figure]) => `${name}: ${shown(figure)}`);
  const { error, warnings = [] } = report;
  const lines = [
    `${signs} *${facts.flowName}* ${facts.codeVersion} in ${minutes(facts.durationSeconds)} on ${facts.environment}`,
    facts.whereToLook,
    ...(error ? [`\`${error.name}\` ${error.cause.slice(0, longestCause)}`] : []),
    ...(figures.length > 0 ? [figures.join(' · ')] : []),
    ...warnings.map((warning) => `:warning: ${warning}`),
  ];
  return { text: lines.map(escaped).join('\n') };
}

function shown(figure: string | number): string {
  return typeof figure === 'number' ? figure.toLocaleString('en-US') : figure;
}

/** `MM:SS`; hours are minutes too. */
function minutes(seconds: number): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${pad(Math.floor(seconds / 60))}:${pad(seconds % 60)}`;
}

/** The three characters that mean something to Slack. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
