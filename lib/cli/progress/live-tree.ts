import { Spinner } from 'listr2';
import type { Clock } from '../../clock.ts';
import { type OutputStream, paintFor, widthOf } from '../terminal.ts';
import type { ExecutionTree } from './execution-tree.ts';
import { treeLines } from './tree-lines.ts';

const frameMs = 100;

/**
 * Draws a growing tree in place until `over` settles, then leaves its last state standing above the cursor.
 *
 * What runs is never scrolled away: a tree taller than the terminal is folded, then cut at its top.
 */
export async function drawWhile<T>(
  over: Promise<T>,
  tree: () => ExecutionTree | undefined,
  { stream, clock }: { stream: OutputStream; clock: Clock },
): Promise<T> {
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
    draw(framed(tree(), spinner.fetch(), { stream, clock }));
    await Promise.race([clock.sleep(frameMs), settled]);
  }
  const last = tree();
  if (last) draw(treeLines(last, styleOf(' ', { stream, clock })));
  return await settled;
}

function framed(
  tree: ExecutionTree | undefined,
  spinner: string,
  screen: { stream: OutputStream; clock: Clock },
): string[] {
  if (!tree) return [];
  const style = styleOf(spinner, screen);
  const room = Math.max(1, (screen.stream.rows ?? 24) - 2);
  const whole = treeLines(tree, style);
  const lines = whole.length <= room ? whole : treeLines(tree, { ...style, isCollapsed: true });
  return lines.slice(-room);
}

function styleOf(spinner: string, { stream, clock }: { stream: OutputStream; clock: Clock }) {
  return { now: clock.now(), width: widthOf(stream), paint: paintFor(stream), spinner };
}
