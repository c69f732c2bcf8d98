import type * as z from 'zod';

/** Most problems that one sentence names. */
const mostNamed = 5;

/**
 * What a value's shape breaks, as one sentence part: `value[3].quantity: expected number, received string`.
 *
 * Says kinds, never the values themselves: they may be long, or secret.
 */
export function shapeProblems(error: z.core.$ZodError): string {
  const named = error.issues.slice(0, mostNamed).map((issue) => `${pathText(issue.path)}: ${problem(issue)}`);
  const others = error.issues.length - named.length;
  return others > 0 ? `${named.join('; ')}; and ${others} more` : named.join('; ');
}

/** `value[3].quantity`; the whole value is `(whole)`. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}[${part}]`;
    return before === '' ? String(part) : `${before}.${String(part)}`;
  }, '');
  return text === '' ? '(whole)' : text;
}

function problem(issue: z.core.$ZodIssue): string {
  const message = issue.message.replace(/^Invalid input: /, '');
  const missing = /^(expected .*), received undefined$/.exec(message);
  if (missing) return `missing, ${missing[1]}`;
  return message.charAt(0).toLowerCase() + message.slice(1);
}
