import type { Language } from './language.ts';
import type { Fields } from './parse-fields.ts';
import type { Catcher, Retrier } from './types.ts';

/** @see https://states-language.net/#errors for the defaults */
export function parseRetry(state: Fields): Retrier[] {
  return state.each('Retry').map((retrier) => {
    const maxDelaySeconds = retrier.optionalNumber('MaxDelaySeconds');
    return {
      errorEquals: retrier.texts('ErrorEquals'),
      intervalSeconds: retrier.optionalNumber('IntervalSeconds') ?? 1,
      maxAttempts: retrier.optionalNumber('MaxAttempts') ?? 3,
      backoffRate: retrier.optionalNumber('BackoffRate') ?? 2,
      ...(maxDelaySeconds !== undefined && { maxDelaySeconds }),
      jitter: retrier.optionalText('JitterStrategy') === 'FULL' ? 'FULL' : 'NONE',
    };
  });
}

export function parseCatch(state: Fields, language: Language): Catcher[] {
  return state.each('Catch').map((catcher, index) => ({
    errorEquals: catcher.texts('ErrorEquals'),
    next: catcher.text('Next'),
    finish: language.catcher(catcher, index),
  }));
}
