/** How a flow stands to one of the service's limits. */
export interface LimitFinding {
  /** `error` when an execution is certain to break the limit, `note` when it is far from it. */
  readonly severity: 'error' | 'warning' | 'note';
  /** The state that breaks the limit first; absent when it is about the flow as a whole. */
  readonly state?: string;
  readonly message: string;
}

/** From this share of a limit on, a flow is warned of. */
const warningShare = 0.5;

/** A note, or a warning once so much of the limit has been used that it says what to do. */
export function atShare(share: number, finding: Omit<LimitFinding, 'severity'>, advice: string): LimitFinding {
  if (share < warningShare) return { severity: 'note', ...finding };
  return { severity: 'warning', ...finding, message: `${finding.message}; ${advice}` };
}

/** `25,000`. */
export function count(number: number): string {
  return number.toLocaleString('en-US');
}

/** Three digits of a number and zeros for the rest, downwards: what an estimate is worth. */
export function about(number: number): string {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, number))) - 2);
  return count(Math.floor(number / unit) * unit);
}

/** `3 executions`. */
export function plural(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}
