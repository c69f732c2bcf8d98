import { sentenceIn } from '../failure.ts';
import { clip, durationBetween, formatDuration, formatTime } from '../format.ts';
import type { OutputStream } from '../terminal.ts';
import type { StateVisit } from './execution-tree.ts';
import type { OnChange } from './follow-execution.ts';
import type { Change } from './history-steps.ts';

const linesPerMap = 10;
const longestCause = 300;

/** One line per state entered and left, for pipes and log files; a Map reports about ten times on its way. */
export function plainLines(stream: OutputStream): OnChange {
  return (change, path) => {
    if (change.kind === 'ended' || change.kind === 'started-execution') return;
    const said = sentenceOf(change);
    if (said === undefined) return;
    const where = [...path, nameOf(change.visit)].join(' > ');
    stream.write(`${formatTime(change.at).slice(11)}  ${where} ${said}\n`);
  };
}

function nameOf(visit: StateVisit): string {
  return visit.iteration === undefined ? visit.name : `${visit.name} #${visit.iteration}`;
}

function sentenceOf(change: Exclude<Change, { kind: 'ended' | 'started-execution' }>): string | undefined {
  const { visit, at, kind } = change;
  const took = formatDuration(durationBetween(visit.enteredAt, at, Date.parse(at)));
  switch (kind) {
    case 'entered':
      return visit.iteration === undefined ? 'entered' : undefined;
    case 'exited':
      if (visit.iteration !== undefined && visit.status !== 'CAUGHT') return undefined;
      return visit.status === 'CAUGHT' ? `caught ${visit.failure?.error} after ${took}` : `exited after ${took}`;
    case 'retried':
      return `tries again (${visit.attempts})`;
    case 'failed':
      return `failed with ${visit.failure?.error}: ${clip(sentenceIn(visit.failure?.cause ?? ''), longestCause)}`;
    case 'iterated':
      return isWorthALine(visit) ? progressOf(visit) : undefined;
  }
}

function isWorthALine({ iterations }: StateVisit): boolean {
  if (!iterations) return false;
  const done = iterations.succeeded + iterations.failed;
  return done === iterations.total || done % Math.ceil(iterations.total / linesPerMap) === 0;
}

function progressOf({ iterations }: StateVisit): string {
  if (!iterations) return '';
  const failed = iterations.failed > 0 ? `, ${iterations.failed} failed` : '';
  return `${iterations.succeeded}/${iterations.total}${failed}`;
}
