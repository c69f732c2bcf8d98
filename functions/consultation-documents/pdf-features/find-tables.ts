/** A straight line of a page: at one `y` from one `x` to another when level, the other way round when upright. */
export interface Line {
  readonly direction: 'level' | 'upright';
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** Lines as near as this, in points, are one line; ends as near as this meet. */
const tolerance = 3;
/** Shorter lines are parts of pictures and letters. */
const shortestLine = 3;

/**
 * How many tables the lines of a page make: groups of two or more cells that share a corner, where a cell is the
 * smallest rectangle of lines with a crossing at each corner.
 *
 * The rules are those of the default table finder of pdfplumber, which the original uses.
 *
 * @see the specification of consultation-documents, section 7.1
 */
export function countTables(lines: readonly Line[]): number {
  const level = joined(lines.filter(({ direction }) => direction === 'level'));
  const upright = joined(lines.filter(({ direction }) => direction === 'upright'));
  return groupsOf(cellsOf(crossingsOf(level, upright))).filter((cells) => cells.size > 1).length;
}

/** Lines with those that nearly lie on one another laid together, and those that nearly touch made one. */
function joined(lines: readonly Line[]): Line[] {
  const sorted = laidTogether(lines).sort((a, b) => a.at - b.at || a.from - b.from);
  const joins: Line[] = [];
  for (const line of sorted) {
    const last = joins.at(-1);
    if (last && last.at === line.at && line.from <= last.to + tolerance) {
      joins[joins.length - 1] = { ...last, to: Math.max(last.to, line.to) };
    } else {
      joins.push(line);
    }
  }
  return joins.filter(({ from, to }) => to - from >= shortestLine);
}

function laidTogether(lines: readonly Line[]): Line[] {
  const sorted = lines.toSorted((a, b) => a.at - b.at);
  const clusters: Line[][] = [];
  for (const line of sorted) {
    const cluster = clusters.at(-1);
    const last = cluster?.at(-1);
    if (cluster && last && line.at - last.at <= tolerance) cluster.push(line);
    else clusters.push([line]);
  }
  return clusters.flatMap((cluster) => {
    const at = cluster.reduce((sum, line) => sum + line.at, 0) / cluster.length;
    return cluster.map((line) => ({ ...line, at }));
  });
}

/** Where a level line, by its number, crosses an upright one. */
interface Crossing {
  readonly x: number;
  readonly y: number;
  readonly level: number;
  readonly upright: number;
}

function crossingsOf(level: readonly Line[], upright: readonly Line[]): Crossing[] {
  return level.flatMap((row, rowNumber) =>
    upright.flatMap((column, columnNumber) =>
      reaches(row, column.at) && reaches(column, row.at)
        ? [{ x: column.at, y: row.at, level: rowNumber, upright: columnNumber }]
        : [],
    ),
  );
}

function reaches({ from, to }: Line, place: number): boolean {
  return place >= from - tolerance && place <= to + tolerance;
}

/** The four corners of a cell. */
type Cell = readonly Crossing[];

/** For each crossing the smallest cell that begins there, if one does. */
function cellsOf(crossings: readonly Crossing[]): Cell[] {
  const byRow = Map.groupBy(crossings, ({ level }) => level);
  const byColumn = Map.groupBy(crossings, ({ upright }) => upright);
  const at = new Map(crossings.map((crossing) => [keyOf(crossing.level, crossing.upright), crossing]));
  return crossings.flatMap((corner) => {
    const rightwards = (byRow.get(corner.level) ?? []).filter(({ x }) => x > corner.x).sort((a, b) => a.x - b.x);
    const upwards = (byColumn.get(corner.upright) ?? []).filter(({ y }) => y > corner.y).sort((a, b) => a.y - b.y);
    for (const above of upwards) {
      for (const right of rightwards) {
        const opposite = at.get(keyOf(above.level, right.upright));
        if (opposite) return [[corner, right, above, opposite]];
      }
    }
    return [];
  });
}

function keyOf(level: number, upright: number): string {
  return `${level} ${upright}`;
}

/** Cells that hang together by their corners. */
function groupsOf(cells: readonly Cell[]): Set<Cell>[] {
  const groupAt = new Map<Crossing, Set<Cell>>();
  const join = (cell: Cell, group: Set<Cell>) => {
    group.add(cell);
    for (const corner of cell) groupAt.set(corner, group);
  };
  for (const cell of cells) {
    const met = [...new Set(cell.flatMap((corner) => groupAt.get(corner) ?? []))];
    const [largest = new Set<Cell>(), ...others] = met.sort((a, b) => b.size - a.size);
    join(cell, largest);
    for (const member of others.flatMap((group) => [...group])) join(member, largest);
  }
  return [...new Set(groupAt.values())];
}
