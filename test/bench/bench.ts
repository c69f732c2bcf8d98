import { globSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** One measured figure; `ratio` compares with `peer` in the same run (ours divided by theirs). */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly peer?: string;
  readonly ratio?: number;
}

/** Something that is measured: one run gives one figure or more. */
export interface Bench {
  readonly name: string;
  /** @param leftovers for what would slow down the benches after this one if it were removed now */
  run(leftovers: AsyncDisposableStack): Promise<Figure[]>;
}

const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });

const figures: Figure[] = [];
await using leftovers = new AsyncDisposableStack();
for (const bench of await benches()) {
  if (values.only && !bench.name.includes(values.only)) continue;
  process.stderr.write(`… ${bench.name}\n`);
  for (const figure of await bench.run(leftovers)) {
    figures.push(figure);
    process.stdout.write(`${line(figure)}\n`);
  }
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`);

async function benches(): Promise<Bench[]> {
  const files = globSync('*.bench.ts', { cwd: import.meta.dirname }).sort();
  const modules = await Promise.all(files.map((file) => import(path.join(import.meta.dirname, file))));
  // every export of a *.bench.ts file is a list of benches: that is what makes it one
  return modules.flatMap((module) => Object.values(module as Record<string, Bench[]>).flat());
}

function line({ name, value, unit, peer, ratio }: Figure): string {
  const digits = Math.abs(value) >= 100 ? 0 : 3;
  const figure = value.toLocaleString('en', { maximumFractionDigits: digits });
  const comparison = ratio === undefined ? '' : `   ${ratio.toFixed(2)} × ${peer ?? 'earlier'}`;
  return `${name.padEnd(60)} ${figure.padStart(12)} ${unit}${comparison}`;
}
