import type { ArtifactStore } from '../artifact/artifact-store.ts';
import type { Clock } from '../clock.ts';
import type { Environment } from '../environment.ts';
import type { Execution } from '../execution/execution.ts';
import type { Executions } from '../execution/executions.ts';
import type { StateMachineService } from '../execution/service/state-machine-service.ts';
import type { FlowDefinition } from '../flow/check-flow.ts';
import type { SecretSource } from '../secret/secret-source.ts';

/** Who answers the requests of tasks: the sample server on this machine, or what the base URL settings name. */
export type Source = { readonly kind: 'samples'; readonly url: string } | { readonly kind: 'live' };

/** Everything a command works with: one environment, its flows and its ports. `bin` hands in the local or the cloud one. */
export interface World extends AsyncDisposable {
  readonly environment: Environment;
  readonly flows: readonly FlowDefinition[];
  readonly executions: Executions;
  readonly artifacts: ArtifactStore;
  /** Secrets and settings alike, as the tasks of a flow find them. */
  secretsOf(flowName: string): SecretSource;
  readonly clock: Clock;
  readonly source: Source;
  /** Holds `state-machines/` and `functions/`. */
  readonly projectFolder: string;
  /** Paths are shown relative to it. */
  readonly homeFolder: string;
  /** The Step Functions API; only where the engine runs in this process. */
  readonly service?: StateMachineService;
  /** Answers that API on a port of this machine; 0 takes any that is free. */
  readonly openEndpoint?: (port: number) => Promise<Endpoint>;
  /** Tells of every artifact that an execution of this process publishes, by its name. */
  readonly onPublished?: (listener: (artifactName: string) => void) => Disposable;
  /** Removes an ended execution with its history; only where they lie on this machine. */
  readonly forgetExecution?: (execution: Execution) => Promise<void>;
}

/** The Step Functions API on a port. */
export interface Endpoint {
  readonly url: string;
  /** Hangs up, and aborts the executions that run in this process; they can be redriven. */
  close(reason: { readonly error: string; readonly cause: string }): Promise<void>;
}

/** What `bin` is asked for: an environment, and for commands that run tasks, who answers for the sources. */
export interface WorldRequest {
  readonly environment: Environment;
  /** `none` for commands that only look. */
  readonly source: 'samples' | 'live' | 'none';
}
