const binaryUnits = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `3,012`. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US');
}

/** `210 KiB`, `1.4 MiB`: two digits or more, binary units. */
export function formatBytes(sizeBytes: number): string {
  let size = sizeBytes;
  let unit = 0;
  while (size >= 1024 && unit < binaryUnits.length - 1) {
    size /= 1024;
    unit += 1;
  }
  const digits = unit > 0 && size < 10 ? 1 : 0;
  return `${size.toFixed(digits)} ${binaryUnits[unit]}`;
}

/** `0.02 s`, `4.2 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`: what a person would say. */
export function formatDuration(durationMs: number): string {
  const seconds = durationMs / 1000;
  if (seconds < 1) return `${seconds.toFixed(2)} s`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 3600) return twoUnits(whole, [60, 'min'], [1, 's']);
  if (whole < 86_400) return twoUnits(whole, [3600, 'h'], [60, 'min']);
  return twoUnits(whole, [86_400, 'd'], [3600, 'h']);
}

function twoUnits(seconds: number, [large, largeName]: [number, string], [small, smallName]: [number, string]): string {
  const rest = Math.floor((seconds % large) / small);
  return `${Math.floor(seconds / large)} ${largeName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`;
}

/** `2026-11-20 06:33:01` in UTC; with `precision: 'minutes'` without the seconds. */
export function formatTime(time: string | Date, precision: 'minutes' | 'seconds' = 'seconds'): string {
  const iso = (typeof time === 'string' ? new Date(time) : time).toISOString();
  return iso.slice(0, precision === 'minutes' ? 16 : 19).replace('T', ' ');
}

/** The first twelve digits: enough to tell two versions apart by eye. */
export function formatHash(sha256: string): string {
  return sha256.slice(0, 12);
}

/** Milliseconds between two ISO times; until `now` when the second is open. */
export function durationBetween(start: string, end: string | undefined, now: number): number {
  return Math.max(0, (end === undefined ? now : Date.parse(end)) - Date.parse(start));
}

/** `1 row`, `2 rows`. */
export function plural(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Text that fits a width, its end replaced by `…` when it does not; a line break counts as a space. */
export function clip(text: string, width: number): string {
  const line = text.replaceAll(/\s*\n\s*/g, ' ');
  if (line.length <= width) return line;
  return width < 1 ? '' : `${line.slice(0, width - 1)}…`;
}

/** `5 min ago`: the largest unit only. */
export function formatAgo(time: string, now: number): string {
  const seconds = Math.max(0, now - Date.parse(time)) / 1000;
  for (const [unitSeconds, name] of [
    [86_400, 'd'],
    [3600, 'h'],
    [60, 'min'],
  ] as const) {
    if (seconds >= unitSeconds) return `${Math.floor(seconds / unitSeconds)} ${name} ago`;
  }
  return 'just now';
}

/** Breaks a sentence between words so that its lines fit a width; later lines are indented. A long word stays whole. */
export function wrapWords(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const room = width - (lines.length > 0 ? indent.length : 0);
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}
