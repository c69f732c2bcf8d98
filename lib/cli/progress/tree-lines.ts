import { figures } from 'listr2';
import { clip, durationBetween, formatDuration } from '../format.ts';
import type { Look, Paint } from '../terminal.ts';
import type { ExecutionTree, StateVisit } from './execution-tree.ts';

/** How a tree is drawn. */
export interface TreeStyle {
  readonly now: number;
  readonly width: number;
  readonly paint: Paint;
  /** Stands before what still runs. */
  readonly spinner: string;
  /** Leaves out what lies below states that have ended well. @default false */
  readonly isCollapsed?: boolean;
}

interface Line {
  readonly depth: number;
  readonly visit: StateVisit;
  readonly title: string;
  readonly note: string;
}

const narrowestNote = 10;

/** An execution as indented lines: what each state is at, how long it took, and what went wrong in it. */
export function treeLines(tree: ExecutionTree, style: TreeStyle): string[] {
  const lines = linesOf(tree.states, 0, style.isCollapsed ?? false);
  const titleWidth = Math.max(0, ...lines.map(({ depth, title }) => depth * 2 + title.length));
  return lines.map((line) => drawLine(line, Math.min(titleWidth, style.width - 14), style));
}

function linesOf(visits: readonly StateVisit[], depth: number, isCollapsed: boolean): Line[] {
  return visits.flatMap((visit) => {
    const line: Line = { depth, visit, title: titleOf(visit), note: noteOf(visit) };
    if (isCollapsed && visit.status === 'SUCCEEDED') return [line];
    const below = [...visibleInner(visit), ...(visit.child?.states ?? [])];
    return [line, ...linesOf(below, depth + 1, isCollapsed)];
  });
}

/** A Map of hundreds is its counter; of its iterations only those that went wrong are worth a line. */
function visibleInner(visit: StateVisit): readonly StateVisit[] {
  return visit.type === 'Map' ? visit.inner.filter(({ status }) => status === 'FAILED') : visit.inner;
}

function titleOf(visit: StateVisit): string {
  if (visit.iterations) return `${visit.name} ${visit.iterations.succeeded}/${visit.iterations.total}`;
  return visit.iteration === undefined ? visit.name : `${visit.name} #${visit.iteration}`;
}

function noteOf(visit: StateVisit): string {
  const notes = [
    visit.child?.flowName ?? '',
    sayRetries(retriesIn(visit), visit.status === 'SUCCEEDED' ? visit.failure?.error : undefined),
    visit.iterations && visit.iterations.failed > 0 ? `${visit.iterations.failed} failed` : '',
    visit.failure && visit.status !== 'SUCCEEDED' && !visit.child ? visit.failure.error : '',
    isBetweenTries(visit) ? 'may try again' : '',
  ];
  return notes.filter((note) => note !== '').join(', ');
}

/** Once the state has failed for good, its error has a note of its own. */
function sayRetries(count: number, error: string | undefined): string {
  if (count === 0) return '';
  return `${count} ${count === 1 ? 'retry' : 'retries'}${error ? ` after ${error}` : ''}`;
}

function retriesIn(visit: StateVisit): number {
  return Math.max(0, visit.attempts - 1) + visit.inner.reduce((sum, each) => sum + retriesIn(each), 0);
}

function drawLine({ depth, visit, title, note }: Line, titleWidth: number, style: TreeStyle): string {
  const { paint, width, now } = style;
  const [icon, look] = iconOf(visit, style.spinner);
  const indented = `${'  '.repeat(depth)}${paint(look, icon)} ${clip(title, titleWidth - depth * 2)}`;
  const padding = ' '.repeat(Math.max(0, titleWidth - depth * 2 - title.length));
  const duration = formatDuration(durationBetween(visit.enteredAt, visit.exitedAt, now)).padStart(10);
  const room = width - (titleWidth + 2 + duration.length + 2);
  const shownNote =
    note && room >= narrowestNote ? `  ${paint(visit.failure ? 'yellow' : 'dim', clip(note, room))}` : '';
  return `${indented}${padding}${paint('dim', duration)}${shownNote}`;
}

/** A task that failed and was not left yet: only what comes next tells whether that was the last try. */
function isBetweenTries({ status, exitedAt, attempts }: StateVisit): boolean {
  return status === 'FAILED' && exitedAt === undefined && attempts > 0;
}

function iconOf(visit: StateVisit, spinner: string): [icon: string, look: Look] {
  if (isBetweenTries(visit)) return [spinner, 'yellow'];
  switch (visit.status) {
    case 'RUNNING':
      return [spinner, 'cyan'];
    case 'SUCCEEDED':
      return [figures.tick, 'green'];
    case 'CAUGHT':
      return [figures.warning, 'yellow'];
    case 'FAILED':
      return [figures.cross, 'red'];
    case 'ABORTED':
      return [figures.circleSlash, 'yellow'];
  }
}
