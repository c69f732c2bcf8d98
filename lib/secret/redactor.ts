import type { SecretSource } from './secret-source.ts';

/** Knows the secrets that were read, and takes them out of every text that leaves. */
export interface Redactor {
  /** The source, remembering every value it gives away. */
  watch(source: SecretSource): SecretSource;
  /** The text with each remembered value replaced by `[NYT_API_KEY]`, its name in brackets. */
  redact(text: string): string;
  /** Redacts message, stack and causes in place, so that the error keeps its class and name. */
  redactError(error: unknown): void;
}

/** Shorter values (`test` in a `.env`) would blank out ordinary words; no real key is that short. */
const fewestCharacters = 8;

/** A redactor for one call of one task. */
export function redactor(): Redactor {
  const nameByValue = new Map<string, string>();
  const remember = (name: string, value: string | undefined) => {
    if (value === undefined || value.length < fewestCharacters) return;
    for (const form of [value, encodeURIComponent(value)]) nameByValue.set(form, name);
  };
  const redact = (text: string) => {
    let redacted = text;
    // longest first, so that one value that is part of another leaves no rest of it
    for (const value of [...nameByValue.keys()].sort((a, b) => b.length - a.length)) {
      redacted = redacted.replaceAll(value, `[${nameByValue.get(value)}]`);
    }
    return redacted;
  };
  return {
    redact,
    redactError: (error) => redactError(error, redact),
    watch: (source) => ({
      async get(name) {
        const value = await source.get(name);
        remember(name, value);
        return value;
      },
      async find(name) {
        const value = await source.find(name);
        remember(name, value);
        return value;
      },
    }),
  };
}

function redactError(error: unknown, redact: (text: string) => string, seen = new Set<unknown>()): void {
  if (!(error instanceof Error) || seen.has(error)) return;
  seen.add(error);
  error.message = redact(error.message);
  if (error.stack !== undefined) error.stack = redact(error.stack);
  if (typeof error.cause === 'string') error.cause = redact(error.cause);
  redactError(error.cause, redact, seen);
  if (error instanceof AggregateError) for (const part of error.errors) redactError(part, redact, seen);
}
