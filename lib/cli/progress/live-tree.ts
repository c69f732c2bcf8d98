import { Spinner } from 'listr2';
import type { Clock } from '../../clock.ts';
import { clip } from '../format.ts';
import { type OutputStream, paintFor, widthOf } from '../terminal.ts';
import type { ExecutionTree } from './execution-tree.ts';
import { treeLines } from './tree-lines.ts';

const frameMs = 100;

/** What a frame shows. */
export interface LiveView {
  /** Undefined until the execution is known. */
  readonly tree: ExecutionTree | undefined;
  /** A line below the tree. */
  readonly notice?: string | undefined;
}

interface Screen {
  readonly stream: OutputStream;
  readonly clock: Clock;
}

/**
 * Draws a growing tree in place until `over` settles, then leaves its last state standing above the cursor.
 *
 * What runs is never scrolled away: a tree taller than the terminal is folded, then cut at its top.
 */
export async function drawWhile<T>(over: Promise<T>, view: () => LiveView, screen: Screen): Promise<T> {
  const { stream, clock } = screen;
  const spinner = new Spinner();
  let isOver = false;
  let height = 0;
  const draw = (lines: readonly string[]) => {
    const toTop = height > 0 ? `\u001b[${height}A` : '';
    stream.write(`${toTop}\r\u001b[J${lines.map((line) => `${line}\n`).join('')}`);
    height = lines.length;
  };
  const settled = over.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    spinner.spin();
    draw(frame(view(), spinner.fetch(), screen));
    await Promise.race([clock.sleep(frameMs), settled]);
  }
  const { tree } = view();
  if (tree) draw(treeLines(tree, styleOf(' ', screen)));
  return await settled;
}

function frame({ tree, notice }: LiveView, spinner: string, screen: Screen): string[] {
  if (!tree) return [];
  const style = styleOf(spinner, screen);
  const room = Math.max(1, (screen.stream.rows ?? 24) - 3);
  const whole = treeLines(tree, style);
  const lines = whole.length <= room ? whole : treeLines(tree, { ...style, isCollapsed: true });
  return [...lines.slice(-room), ...(notice ? [clip(notice, style.width)] : [])];
}

function styleOf(spinner: string, { stream, clock }: Screen) {
  return { now: clock.now(), width: widthOf(stream), paint: paintFor(stream), spinner };
}
