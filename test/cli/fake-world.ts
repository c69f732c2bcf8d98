import { PassThrough } from 'node:stream';
import * as z from 'zod';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { main } from '../../lib/cli/main.ts';
import type { OutputStream, Terminal } from '../../lib/cli/terminal.ts';
import type { World, WorldRequest } from '../../lib/cli/world.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Executions } from '../../lib/execution/executions.ts';
import type { FlowDefinition } from '../../lib/flow/check-flow.ts';
import { defineFlow, type FlowManifest } from '../../lib/flow/flow.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { memoryStore } from '../support/memory-store.ts';
import { fakeExecutions } from './fake-executions.ts';

/** What a test may set of a {@link FakeCommandLine}. */
export interface FakeWorldOptions {
  readonly flows?: readonly FlowDefinition[];
  readonly executions?: Executions;
  readonly artifacts?: ArtifactStore;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Characters per line; a pipe when left out. */
  readonly columns?: number;
  readonly forgetExecution?: World['forgetExecution'];
  readonly projectFolder?: string;
  readonly openEndpoint?: World['openEndpoint'];
  readonly service?: World['service'];
  /** What the row of the environment says about a warehouse. */
  readonly warehouse?: 'aurora';
}

/** Runs command lines in this process and keeps what they wrote. */
export interface FakeCommandLine {
  flow(...argv: string[]): Promise<{ exitCode: number; stdout: string; stderr: string }>;
  /** Presses Ctrl-C; false when nobody listens, so that the process would end. */
  interrupt(): boolean;
  /** Worlds that were opened. */
  readonly requests: readonly WorldRequest[];
}

/** A command line over a world of fakes, at 2026-11-20 06:35 UTC. */
export function fakeCommandLine(options: FakeWorldOptions = {}): FakeCommandLine {
  const clock = options.clock ?? fakeClock({ startsAt: '2026-11-20T06:35:00.000Z', autoAdvance: true });
  const requests: WorldRequest[] = [];
  const listeners = new Set<() => void>();

  const openWorld = async (request: WorldRequest): Promise<World> => {
    requests.push(request);
    return {
      environment: { ...request.environment, ...(options.warehouse && { warehouse: options.warehouse }) },
      flows: options.flows ?? [aFlow({ name: 'verra-data' })],
      executions: options.executions ?? fakeExecutions(clock),
      artifacts: options.artifacts ?? memoryStore(clock),
      secretsOf: () => ({
        get: async (name) => options.secrets?.[name] ?? '',
        find: async (name) => options.secrets?.[name],
      }),
      clock,
      source: request.source === 'samples' ? { kind: 'samples', url: 'http://127.0.0.1:4000' } : { kind: 'live' },
      projectFolder: options.projectFolder ?? '/project',
      homeFolder: '/project',
      ...(options.openEndpoint && { openEndpoint: options.openEndpoint }),
      ...(options.service && { service: options.service }),
      ...(options.forgetExecution && { forgetExecution: options.forgetExecution }),
      [Symbol.asyncDispose]: async () => undefined,
    };
  };

  return {
    requests,
    interrupt() {
      const heard = listeners.size > 0;
      for (const listener of [...listeners]) listener();
      return heard;
    },
    async flow(...argv) {
      const stdout = capture(options.columns);
      const stderr = capture(options.columns);
      const terminal: Terminal = {
        stdout,
        stderr,
        onInterrupt(listener) {
          listeners.add(listener);
          return { [Symbol.dispose]: () => void listeners.delete(listener) };
        },
      };
      const exitCode = await main(argv, { terminal, openWorld });
      return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
    },
  };
}

function capture(columns: number | undefined): OutputStream & PassThrough {
  const stream: OutputStream & PassThrough = new PassThrough({ highWaterMark: 1 << 24 });
  if (columns !== undefined) Object.assign(stream, { isTTY: true, columns, rows: 40, getColorDepth: () => 1 });
  return stream;
}

function textOf(stream: PassThrough): string {
  return stream.read()?.toString('utf8') ?? '';
}

/** A flow whose state machine passes its input on. */
export function aFlow(manifest: Partial<FlowManifest> & { name: string }, aslText?: string): FlowDefinition {
  const flow = defineFlow({ description: 'A flow', group: 'carbon-markets', input: z.object({}), ...manifest });
  return { flow, aslText: aslText ?? '{"StartAt":"Done","States":{"Done":{"Type":"Succeed"}}}' };
}
