import type { Scope } from '../../asl/types.ts';
import type { Json } from '../../json.ts';
import { StateFailed } from '../failure.ts';
import type { ResourceRegistry } from '../resources/task-resource.ts';
import type { Seen } from './inspection.ts';
import type { Mock, StateConfiguration } from './test-state-request.ts';

/** One state on its own, and what stands in for the world around it. */
export interface Trial {
  readonly scope: Scope;
  readonly seen: Seen;
  readonly mock: Mock | undefined;
  readonly configuration: StateConfiguration;
  readonly resources: ResourceRegistry;
}

/**
 * What the mock says the state's work came to.
 *
 * @throws {StateFailed} the mocked work fails
 */
export function mocked(mock: Mock | undefined): Json {
  if (mock?.errorOutput) throw new StateFailed(mock.errorOutput);
  return mock?.result ?? null;
}
