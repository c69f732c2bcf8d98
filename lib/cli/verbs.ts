import type { Command } from './command.ts';

/** A verb of the command line: what the help says about it, and where its code is. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  /** Under which the help lists it. */
  readonly heading: string;
  readonly load: () => Promise<Command>;
}

/** Every verb, in the order of the help; only the one that is used is loaded. */
export const verbs: readonly Verb[] = [
  {
    name: 'list',
    summary: 'flows, their schedules and their last executions',
    heading: 'Flows:',
    load: async () => (await import('./commands/list.ts')).list,
  },
  {
    name: 'run',
    summary: 'start a flow and follow it to its result',
    heading: 'Flows:',
    load: async () => (await import('./commands/run.ts')).run,
  },
  {
    name: 'check',
    summary: 'find mistakes in state machines, manifests and settings',
    heading: 'Flows:',
    load: async () => (await import('./commands/check.ts')).check,
  },
  {
    name: 'test-state',
    summary: 'try out one state: what goes in, what comes out, where it leads',
    heading: 'Flows:',
    load: async () => (await import('./commands/test-state.ts')).testState,
  },
  {
    name: 'serve',
    summary: 'run schedules, and answer the Step Functions API on this machine',
    heading: 'Flows:',
    load: async () => (await import('./commands/serve.ts')).serve,
  },
  {
    name: 'executions',
    summary: 'what ran, when and how it ended',
    heading: 'Executions:',
    load: async () => (await import('./commands/executions.ts')).executions,
  },
  {
    name: 'show',
    summary: 'one execution, state by state, and why it failed',
    heading: 'Executions:',
    load: async () => (await import('./commands/show.ts')).show,
  },
  {
    name: 'logs',
    summary: 'what the tasks of an execution wrote',
    heading: 'Executions:',
    load: async () => (await import('./commands/logs.ts')).logs,
  },
  {
    name: 'stop',
    summary: 'end a running execution',
    heading: 'Executions:',
    load: async () => (await import('./commands/stop.ts')).stop,
  },
  {
    name: 'redrive',
    summary: 'take up an unsuccessful execution where it failed',
    heading: 'Executions:',
    load: async () => (await import('./commands/redrive.ts')).redrive,
  },
  {
    name: 'artifacts',
    summary: 'published artifacts, or the versions of one',
    heading: 'Artifacts:',
    load: async () => (await import('./commands/artifacts.ts')).artifacts,
  },
  {
    name: 'artifact',
    summary: 'schema, rows, checks and lineage of an artifact',
    heading: 'Artifacts:',
    load: async () => (await import('./commands/artifact.ts')).artifact,
  },
  {
    name: 'clean',
    summary: 'expire old results and executions on this machine',
    heading: 'Artifacts:',
    load: async () => (await import('./commands/clean.ts')).clean,
  },
];
