import { wrapWords } from './format.ts';
import type { Paint } from './terminal.ts';

/** One line of {@link renderFacts}: what it is, and what it says. */
export type Fact = readonly [name: string, value: string];

/** Names in a dim column, what they stand for beside them; long sentences go on below their beginning. */
export function renderFacts(facts: readonly Fact[], { width, paint }: { width: number; paint: Paint }): string {
  const nameWidth = Math.max(...facts.map(([name]) => name.length));
  const indent = ' '.repeat(nameWidth + 2);
  return facts
    .map(([name, value]) => {
      const lines = value.split('\n').map((line) => wrapWords(line, width - indent.length, indent));
      return `${paint('dim', name.padEnd(nameWidth))}  ${lines.join(`\n${indent}`)}`;
    })
    .join('\n');
}
