import { ServiceException } from '../../execution/service/service-exception.ts';
import type { MapRunRecord } from '../map-run/map-runs.ts';
import { checkArn } from './checked.ts';
import type { ServiceTools } from './service-tools.ts';

/** What Map Runs are looked for with. */
export type MapRunTools = Pick<ServiceTools, 'executions' | 'machines'>;

/** @throws {ServiceException} `InvalidArn`, `ResourceNotFound` */
export async function findMapRun(tools: MapRunTools, arn: string): Promise<MapRunRecord> {
  checkArn(arn, 'mapRun');
  const found = tools.executions.world.mapRuns?.find(arn) ?? (await findPast(tools, arn));
  if (found) return found;
  throw new ServiceException('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
}

/** Looks through the executions of the machine that the ARN names: `arn:…:mapRun:<machine>/<label>:<id>`. */
async function findPast(tools: MapRunTools, arn: string): Promise<MapRunRecord | undefined> {
  const machineArn = arn.replace(':mapRun:', ':stateMachine:').replace(/\/.*$/, '');
  const machine = tools.machines.find(machineArn);
  if (!machine) return undefined;
  for await (const execution of tools.executions.list(machine.key)) {
    const found = (await tools.executions.mapRuns(execution.arn)).find(({ mapRunArn }) => mapRunArn === arn);
    if (found) return found;
  }
  return undefined;
}
