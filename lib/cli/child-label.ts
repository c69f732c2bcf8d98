import type { ChildName } from '../execution/executions.ts';

/** Enough of a name that Step Functions made up to tell one child from another. */
const shownLength = 8;

/** A child execution in as few characters as tell it from its siblings: `#3`, or the beginning of its name. */
export function childLabel(child: ChildName): string {
  return `#${childKey(child)}`;
}

/** What `--child` takes for that child. */
export function childKey({ index, name }: ChildName): string {
  return index === undefined ? name.slice(0, shownLength) : String(index);
}

/** Whether a child is meant by its index, by its name or by the beginning of that. */
export function isChild({ index, name }: ChildName, given: string): boolean {
  const text = given.replace(/^#/, '');
  return index === undefined ? name.startsWith(text) : String(index) === text || name === text;
}
