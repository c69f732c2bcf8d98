import { variableReferences } from '../../asl/variable-references.ts';
import type {
  DescribedStateMachine,
  DescribeStateMachineForExecutionResponse,
  DescribeStateMachineResponse,
} from '../../execution/service/state-machine-operations.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { localRoleArn, machineName, stateMachineArn } from '../arns.ts';
import type { ExecutionRecord } from '../execution-record.ts';
import type { StateMachine, StateMachines } from './state-machines.ts';

type IncludedData = 'ALL_DATA' | 'METADATA_ONLY';

/** A state machine as `DescribeStateMachine` answers it. */
export function describeMachine(machine: StateMachine, includedData: IncludedData): DescribeStateMachineResponse {
  return {
    ...common(machine, machine.definition, includedData),
    status: 'ACTIVE',
    type: machine.type,
    creationDate: new Date(machine.creationDate),
  };
}

/** The state machine of an execution, with the definition that the execution runs. */
export function describeMachineOf(
  record: ExecutionRecord,
  machines: StateMachines,
  includedData: IncludedData,
): DescribeStateMachineForExecutionResponse {
  const arn = stateMachineArn(record.flowName);
  const deleted = {
    arn,
    name: machineName(record.flowName),
    roleArn: record.roleArn ?? localRoleArn,
    updateDate: record.startDate,
  };
  const machine = machines.find(arn) ?? deleted;
  const isStill = 'definition' in machine && machine.definition === record.definition;
  const { revisionId, ...described } = common(machine, record.definition, includedData);
  const updateDate = new Date(isStill ? machine.updateDate : record.startDate);
  return { ...described, ...(isStill && revisionId !== undefined && { revisionId }), updateDate };
}

type Described = Pick<StateMachine, 'arn' | 'name' | 'roleArn'> & Partial<StateMachine>;

function common(machine: Described, definition: string, includedData: IncludedData): DescribedStateMachine {
  const references = includedData === 'ALL_DATA' ? referencesIn(definition) : {};
  return {
    stateMachineArn: machine.arn,
    name: machine.name,
    roleArn: machine.roleArn,
    ...(includedData === 'ALL_DATA' && { definition }),
    loggingConfiguration: machine.loggingConfiguration ?? { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: machine.tracingConfiguration ?? { enabled: false },
    ...(machine.encryptionConfiguration && { encryptionConfiguration: machine.encryptionConfiguration }),
    ...(machine.revisionId !== undefined && { revisionId: machine.revisionId }),
    ...(Object.keys(references).length > 0 && { variableReferences: references }),
  };
}

function referencesIn(definition: string): Readonly<Record<string, readonly string[]>> {
  const parsed: Json = JSON.parse(definition);
  return isJsonObject(parsed) ? variableReferences(parsed) : {};
}
