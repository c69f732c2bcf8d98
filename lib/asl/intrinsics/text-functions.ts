import { isJsonObject, type Json } from '../../json.ts';
import { type IntrinsicFunction, intrinsicFailure, taking, textOf } from './intrinsic-function.ts';

/** `States.Format` and `States.StringSplit`. */
export const textFunctions = {
  Format: {
    fewestArguments: 1,
    mostArguments: Number.POSITIVE_INFINITY,
    apply: ([template, ...values]) => format(textOf(template), values),
  },

  /** Every character of the second argument separates; nothing between two separators leaves no part. */
  StringSplit: taking(2, ([text, separators]) => {
    const isSeparator = new Set(textOf(separators));
    const parts: string[] = [''];
    for (const character of textOf(text)) {
      if (isSeparator.has(character)) parts.push('');
      else parts[parts.length - 1] += character;
    }
    return parts.filter((part) => part !== '');
  }),
} satisfies Record<string, IntrinsicFunction>;

/** Puts a value in place of each `{}`; a backslash takes the meaning from the brace or backslash after it. */
function format(template: string, values: readonly Json[]): string {
  let placed = 0;
  const text = template.replaceAll(/\\([{}\\])|\{\}/g, (match, escaped?: string) => {
    if (escaped !== undefined) return escaped;
    placed += 1;
    const value = values[placed - 1];
    return value === undefined ? match : spell(value);
  });
  if (placed === values.length) return text;
  throw intrinsicFailure(
    `Invalid arguments: the template has ${placed} occurrences of {} but ${values.length} values follow it`,
  );
}

/** A value as the service writes it into a text: texts as they are, objects and arrays in Java's notation. */
function spell(value: Json): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return `[${value.map((item: Json) => spell(item)).join(', ')}]`;
  if (!isJsonObject(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, member]) => `${name}=${spell(member)}`);
  return `{${members.join(', ')}}`;
}
