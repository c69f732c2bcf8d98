import type { Json, JsonObject } from '../../json.ts';

/** How much of the way through the state an answer shows; `TRACE` shows what `DEBUG` does. */
export type InspectionLevel = 'INFO' | 'DEBUG' | 'TRACE';

/** What stands in for the work of a Task, Map or Parallel state. */
export interface Mock {
  readonly result?: Json;
  readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  /** How strictly the result is held to the shape that the called API answers with. @default 'STRICT' */
  readonly fieldValidationMode?: 'STRICT' | 'PRESENT' | 'NONE';
}

/** Where in its life the state is when it is tested. */
export interface StateConfiguration {
  /** How often the retrier that matches has retried before. @default 0 */
  readonly retrierRetryCount?: number;
  /** The state inside a Map or Parallel that the mocked error comes from. */
  readonly errorCausedByState?: string;
  /** How many iterations of a Map have failed. */
  readonly mapIterationFailureCount?: number;
  /** What the item reader of a Map has read. */
  readonly mapItemReaderData?: string;
}

/** @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html */
export interface TestStateRequest {
  /** A single state, or a machine that holds the one to test. */
  readonly definition: JsonObject;
  /** The state to test when the definition is a machine. */
  readonly stateName?: string;
  /** @default {} */
  readonly input?: Json;
  /** The role the state runs under; its account is the one that the made-up context object names. */
  readonly roleArn?: string;
  readonly inspectionLevel?: InspectionLevel;
  readonly mock?: Mock;
  /** Replaces the context object. */
  readonly context?: JsonObject;
  readonly variables?: Readonly<Record<string, Json>>;
  readonly stateConfiguration?: StateConfiguration;
  readonly revealSecrets?: boolean;
}

/** Data on its way through the state, by the names of the service: `afterInputPath`, `errorDetails`, … */
export type InspectionData = Readonly<Record<string, Json>>;

/** How the state would go; JSON texts of the service's answer are values here. */
export interface TestStateResponse {
  readonly status: 'SUCCEEDED' | 'FAILED' | 'RETRIABLE' | 'CAUGHT_ERROR';
  readonly output?: Json;
  readonly nextState?: string;
  readonly error?: string;
  readonly cause?: string;
  /** Absent at level `INFO`. */
  readonly inspectionData?: InspectionData;
}

/** A request that the service would not take, by the name of its exception. */
export class TestStateRefused extends Error {
  override readonly name = 'TestStateRefused';
  readonly code: 'InvalidDefinition' | 'ValidationException';

  constructor(message: string, code: TestStateRefused['code'] = 'ValidationException') {
    super(message);
    this.code = code;
  }
}
