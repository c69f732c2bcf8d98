/**
 * What the service allows one state machine and one standard execution.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const serviceLimits = {
  /** UTF-8 bytes of any input, output or variable as JSON text. */
  payloadBytes: 262_144,
  /** Events in the history of an execution; with the last one it fails unless it has ended. */
  historyEvents: 25_000,
  /** Iterations of an inline Map that run at the same time. */
  inlineConcurrency: 40,
  /** UTF-8 bytes of a definition. */
  definitionBytes: 1_048_576,
} as const;
