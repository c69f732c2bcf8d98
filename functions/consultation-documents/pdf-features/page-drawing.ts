import { getResolvedPDFJS } from 'unpdf';
import type { Line } from './find-tables.ts';

/** The lines and images of a page, as its instructions draw them. */
export interface PageDrawing {
  /** Horizontal and vertical ones only, in points. */
  readonly lines: readonly Line[];
  readonly images: number;
}

/** What pdf.js makes of a page's content stream. */
export interface Instructions {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
}

/** `x' = a·x + c·y + e`, `y' = b·x + d·y + f` */
type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

const identity: Matrix = [1, 0, 0, 1, 0, 0];
/** How many numbers follow each kind of path step. */
const stepLengths = [2, 2, 6, 4, 0] as const;
const [moveTo, lineTo, , , closePath] = [0, 1, 2, 3, 4];
/** Two ends on one line, as far as drawing programs care. */
const straightWithin = 0.01;

/** Reads a page's instructions: paths that are stroked or filled, and images, wherever the page puts them. */
export async function readDrawing({ fnArray, argsArray }: Instructions): Promise<PageDrawing> {
  const { OPS } = await getResolvedPDFJS();
  const lines: Line[] = [];
  let images = 0;
  let matrix = identity;
  const saved: Matrix[] = [];
  for (const [index, instruction] of fnArray.entries()) {
    const args = (argsArray[index] ?? []) as readonly unknown[]; // a list, or null for none
    switch (instruction) {
      case OPS.save:
        saved.push(matrix);
        break;
      case OPS.restore:
      case OPS.paintFormXObjectEnd:
        matrix = saved.pop() ?? identity;
        break;
      case OPS.transform:
        matrix = multiply(matrix, args as unknown as Matrix); // the operator's six numbers
        break;
      case OPS.paintFormXObjectBegin:
        saved.push(matrix);
        if (args[0]) matrix = multiply(matrix, args[0] as Matrix); // the form's own matrix, when it has one
        break;
      case OPS.constructPath:
        if (args[0] !== OPS.endPath) lines.push(...linesOf(args[1], matrix));
        break;
      default:
        images += imagesOf(instruction, args, OPS);
    }
  }
  return { lines, images };
}

/** Images that one instruction paints; some paint the same one, or several small ones, at many places. */
function imagesOf(instruction: number, args: readonly unknown[], OPS: Readonly<Record<string, number>>): number {
  switch (instruction) {
    case OPS.paintImageXObject:
    case OPS.paintInlineImageXObject:
    case OPS.paintImageMaskXObject:
    case OPS.paintSolidColorImageMask:
      return 1;
    case OPS.paintImageXObjectRepeat:
      return lengthOf(args[3]) / 2;
    case OPS.paintImageMaskXObjectRepeat:
      return lengthOf(args[5]) / 2;
    case OPS.paintInlineImageXObjectGroup:
      return lengthOf(args[1]);
    case OPS.paintImageMaskXObjectGroup:
      return lengthOf(args[0]);
    default:
      return 0;
  }
}

function lengthOf(list: unknown): number {
  return typeof list === 'object' && list !== null && 'length' in list ? Number(list.length) : 0;
}

/** The upright and level segments of a path: `[[step, x, y, step, …]]`. */
function linesOf(data: unknown, matrix: Matrix): Line[] {
  const steps = Array.isArray(data) ? data[0] : undefined;
  if (!(steps instanceof Float32Array)) return [];
  const lines: Line[] = [];
  let start: Point = [0, 0];
  let from: Point = start;
  for (let at = 0; at < steps.length; ) {
    const step = steps[at] ?? closePath;
    const length = stepLengths[step as 0] ?? 0; // pdf.js knows these five
    const to: Point = step === closePath ? start : moved(steps, at + length - 1, matrix);
    if (step === moveTo) start = to;
    if (step === lineTo || step === closePath) lines.push(...asLine(from, to));
    from = to;
    at += length + 1;
  }
  return lines;
}

type Point = readonly [x: number, y: number];

function moved(steps: Float32Array, at: number, [a, b, c, d, e, f]: Matrix): Point {
  const x = steps[at] ?? 0;
  const y = steps[at + 1] ?? 0;
  return [a * x + c * y + e, b * x + d * y + f];
}

function asLine([x0, y0]: Point, [x1, y1]: Point): Line[] {
  if (Math.abs(y0 - y1) <= straightWithin && x0 !== x1) {
    return [{ direction: 'level', at: y0, from: Math.min(x0, x1), to: Math.max(x0, x1) }];
  }
  if (Math.abs(x0 - x1) <= straightWithin && y0 !== y1) {
    return [{ direction: 'upright', at: x0, from: Math.min(y0, y1), to: Math.max(y0, y1) }];
  }
  return [];
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}
