import type { Station } from './call.ts';

/** Logs how the call ended, once, and lets no secret out in an error. */
export function reportOutcome(): Station {
  return {
    after: ({ event: call }) => {
      call.context.log.info('task succeeded', { durationMs: call.context.clock.now() - call.startedAtMs });
    },
    onError: ({ event: call, error }) => {
      call.redactor.redactError(error);
      const durationMs = call.context.clock.now() - call.startedAtMs;
      call.context.log.error('task failed', { durationMs, error });
    },
  };
}
