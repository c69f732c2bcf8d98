import type { HistoryEvent } from '../../execution/history-event.ts';
import type { ApiHistoryEvent } from '../../execution/service/execution-operations.ts';
import type { Json } from '../../json.ts';

/** Kinds of events that tell nothing but that they happened. */
const withoutDetails = new Set([
  'LambdaFunctionStarted',
  'MapRunAborted',
  'MapRunSucceeded',
  'MapStateAborted',
  'MapStateFailed',
  'MapStateSucceeded',
  'ParallelStateAborted',
  'ParallelStateFailed',
  'ParallelStateStarted',
  'ParallelStateSucceeded',
  'TaskStateAborted',
  'WaitStateAborted',
]);

/** Fields that hold what the parties to an execution wrote, and the field that tells whether they were cut off. */
const dataFields: Readonly<Record<string, string | undefined>> = {
  input: 'inputDetails',
  output: 'outputDetails',
  assignedVariables: 'assignedVariablesDetails',
  parameters: undefined,
};

/**
 * An event as `GetExecutionHistory` gives it.
 *
 * @param includeExecutionData false leaves out inputs, outputs, parameters and variables
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_HistoryEvent.html
 */
export function apiHistoryEvent(event: HistoryEvent, includeExecutionData: boolean): ApiHistoryEvent {
  const { id, previousEventId, type } = event;
  const timestamp = new Date(event.timestamp);
  if (withoutDetails.has(type)) return { id, previousEventId, timestamp, type };
  const details: Pick<ApiHistoryEvent, `${string}EventDetails`> = {
    [memberOf(type)]: detailsOf(event, includeExecutionData),
  };
  return { id, previousEventId, timestamp, type, ...details };
}

/** The states share their members; every other type has its own. */
function memberOf(type: string): `${string}EventDetails` {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

function detailsOf({ details }: HistoryEvent, includeExecutionData: boolean): Readonly<Record<string, Json>> {
  const fields = Object.entries(details).flatMap(([field, value]): [string, Json][] => {
    if (!Object.hasOwn(dataFields, field)) return [[field, value]];
    const about = dataFields[field];
    // the API cuts nothing off; only logs do
    const told: [string, Json][] = about === undefined ? [] : [[about, { truncated: false }]];
    return includeExecutionData ? [[field, value], ...told] : told;
  });
  return Object.fromEntries(fields);
}
