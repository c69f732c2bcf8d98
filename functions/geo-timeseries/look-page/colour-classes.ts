import { shortNumber } from './html.ts';

/** Figures that share a colour. */
export interface ColourClass {
  /** 0 (low) to 6 (high), as in the style sheet. */
  readonly colour: number;
  readonly from: number;
  readonly to: number;
  holds(value: number): boolean;
}

const colourCount = 7;

/** Up to seven classes, each with about as many of the figures; equal figures are never parted. */
export function colourClasses(values: readonly number[]): ColourClass[] {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  const starts = [...new Set(Array.from({ length: colourCount }, (_, index) => at(index / colourCount)))];
  return starts.map((from, index) => {
    const next = starts[index + 1] ?? Infinity;
    const colour = starts.length === 1 ? 3 : Math.round((index * (colourCount - 1)) / (starts.length - 1));
    return { colour, from, to: Math.min(next, at(1)), holds: (value) => value >= from && value < next };
  });
}

/** The classes with their bounds, from low to high. */
export function legend(classes: readonly ColourClass[]): string {
  const items = classes.map(
    ({ colour, from, to }, index) =>
      `<li data-class="${index}"><i class="c${colour}"></i>${shortNumber(from)}${from === to ? '' : ` – ${shortNumber(to)}`}</li>`,
  );
  return `<ol class="legend">${items.join('')}</ol>`;
}
