import type { Json } from '../json.ts';
import type { Failure } from './failure.ts';
import { type Frame, record } from './frame.ts';
import type { Details } from './history.ts';
import { textOf } from './payload.ts';
import type { TaskAttempt } from './task-attempt.ts';

/** Records the events of one attempt of a task, in the words that the service has for its kind of resource. */
export interface TaskEvents {
  scheduled(): void;
  started(workerName?: string): void;
  submitted(output: Json): void;
  succeeded(output: Json): void;
  failed(failure: Failure): void;
}

const kinds = { function: 'LambdaFunction', activity: 'Activity', service: 'Task' } as const;

/** The recorder for an attempt. @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html */
export function taskEvents(frame: Frame, attempt: TaskAttempt): TaskEvents {
  const { name } = attempt;
  const kind = kinds[name.kind];
  const isService = name.kind === 'service';
  const about: Details = isService ? { resourceType: name.service, resource: name.resource } : {};
  const output = (value: Json) => ({ ...about, output: textOf(value) });
  return {
    scheduled() {
      const parameters = textOf(attempt.parameters);
      record(frame, `${kind}Scheduled`, {
        ...(isService ? { ...about, region: 'us-east-1', parameters } : { resource: name.arn, input: parameters }),
        ...(attempt.timeoutSeconds !== undefined && { timeoutInSeconds: attempt.timeoutSeconds }),
        ...(attempt.heartbeatSeconds !== undefined && { heartbeatInSeconds: attempt.heartbeatSeconds }),
        ...(attempt.credentials !== undefined && { taskCredentials: attempt.credentials }),
      });
    },
    started(workerName) {
      record(frame, `${kind}Started`, workerName === undefined ? about : { workerName });
    },
    submitted: (value) => void record(frame, 'TaskSubmitted', output(value)),
    succeeded: (value) => void record(frame, `${kind}Succeeded`, output(value)),
    failed({ error, cause }) {
      const ending = error === 'States.Timeout' ? 'TimedOut' : 'Failed';
      record(frame, `${kind}${ending}`, {
        ...about,
        ...(error !== undefined && { error }),
        ...(cause !== undefined && { cause }),
      });
    },
  };
}
