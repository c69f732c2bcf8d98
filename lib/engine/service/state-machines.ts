import * as z from 'zod';
import type { Clock } from '../../clock.ts';
import * as configuration from '../../execution/service/state-machine-operations.ts';
import type { FlowDefinition } from '../../flow/check-flow.ts';
import { localDefinition, localRoleArn, machineKey, machineName, stateMachineArn } from '../arns.ts';
import type { OtherStateMachines } from '../local-executions.ts';
import { openKeptEntries } from './kept-entries.ts';

const schema = z.object({
  name: z.string(),
  definition: z.string(),
  roleArn: z.string(),
  type: z.enum(['STANDARD', 'EXPRESS']),
  /** ISO 8601, UTC. */
  creationDate: z.string(),
  updateDate: z.string(),
  revisionId: z.string().optional(),
  loggingConfiguration: configuration.loggingConfiguration.optional(),
  tracingConfiguration: configuration.tracingConfiguration.optional(),
  encryptionConfiguration: configuration.encryptionConfiguration.optional(),
});

/** A state machine as it was made through the API, or as a flow of the project stands for one. */
export interface StateMachine extends z.infer<typeof schema> {
  readonly arn: string;
  /** Under which its executions are kept. */
  readonly key: string;
  /** Set for the machine of a flow, which only the project's files can change. */
  readonly flowName?: string;
}

/** Every state machine there is: those of the flows, and those made through the API, which outlive the process. */
export interface StateMachines extends OtherStateMachines {
  find(arn: string): StateMachine | undefined;
  /** The ARN of the machine of this name, whether there is one or not. */
  arnOf(name: string): string;
  list(): StateMachine[];
  save(machine: z.infer<typeof schema>): Promise<StateMachine>;
  remove(machine: StateMachine): Promise<void>;
}

/** @param options.folder where machines made through the API are kept; in memory when left out */
export async function openStateMachines(options: {
  readonly folder?: string;
  readonly flows: readonly FlowDefinition[];
  readonly clock: Clock;
}): Promise<StateMachines> {
  const kept = await openKeptEntries(options.folder, schema);
  const openedAt = new Date(options.clock.now()).toISOString();
  const ofFlows = new Map(options.flows.map((flow) => machineOf(flow, openedAt)).map((one) => [one.arn, one]));
  const made = (machine: z.infer<typeof schema>): StateMachine => {
    const key = machineKey(machine.name);
    return { ...machine, key, arn: stateMachineArn(key) };
  };
  const named = (name: string): StateMachine | undefined => {
    const machine = kept.get(name);
    return machine && made(machine);
  };
  return {
    find(arn) {
      const found = ofFlows.get(arn) ?? named(arn.slice(arn.lastIndexOf(':') + 1));
      return found?.arn === arn ? found : undefined;
    },
    arnOf: (name) => stateMachineArn(machineKey(name)),
    list: () => [...ofFlows.values(), ...kept.values().map(made)],
    async save(machine) {
      await kept.set(machine.name, machine);
      return made(machine);
    },
    remove: ({ name }) => kept.delete(name),
    keys: () => kept.values().map(({ name }) => machineKey(name)),
    named: (key) => (key.startsWith('@') ? kept.get(key.slice(1)) : undefined),
  };
}

function machineOf({ flow, aslText }: FlowDefinition, openedAt: string): StateMachine {
  return {
    name: machineName(flow.name),
    arn: stateMachineArn(flow.name),
    key: flow.name,
    flowName: flow.name,
    // a flow that does not lint must not keep the others from being served
    get definition() {
      return localDefinition(flow, aslText);
    },
    roleArn: localRoleArn,
    type: 'STANDARD',
    creationDate: openedAt,
    updateDate: openedAt,
  };
}
