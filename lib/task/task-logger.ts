import { Logger, type LogItem } from '@aws-lambda-powertools/logger';
import type { Clock } from '../clock.ts';
import type { LogLine } from '../execution/executions.ts';
import type { Json } from '../json.ts';
import { toLogLine } from './log-line.ts';

type ConstructorOptions = NonNullable<ConstructorParameters<typeof Logger>[0]>;

/** What a call's log lines carry, hide, and where they go. */
export interface TaskLoggerOptions {
  /** On every line: flow, execution, state, attempt. */
  readonly keys: Readonly<Record<string, Json | undefined>>;
  readonly redact: (text: string) => string;
  /** Takes each line instead of stdout. */
  readonly onLog?: (line: LogLine) => void;
  readonly clock: Clock;
}

/**
 * A logger for one call of one task; calls that run side by side in one process share nothing.
 *
 * Without `onLog` it writes what Lambda collects, at the level Lambda is set to; with it, from INFO on.
 */
export function taskLogger({ keys, redact, onLog, clock }: TaskLoggerOptions): Logger {
  const options: ConstructorOptions = {
    serviceName: 'data-flows',
    persistentKeys: keys,
    jsonReplacerFn: (_key, value) => (typeof value === 'string' ? redact(value) : value),
    ...(onLog ? { logLevel: 'INFO' } : {}),
  };
  return onLog
    ? capturedLogger(options, (line) => onLog({ ...line, timestamp: new Date(clock.now()).toISOString() }))
    : new Logger(options);
}

function capturedLogger(options: ConstructorOptions | undefined, sink: (line: LogLine) => void): Logger {
  // the library lets finished records go elsewhere than to stdout by being subclassed only
  class CapturedLogger extends Logger {
    protected override createLogger(childOptions?: ConstructorOptions): Logger {
      return capturedLogger(childOptions, sink);
    }

    protected override printLog(_level: number, item: LogItem): void {
      // the replacer that redacts works on the way to text
      sink(toLogLine(JSON.parse(JSON.stringify(item.getAttributes(), this.getJsonReplacer()))));
    }
  }
  return new CapturedLogger(options);
}
