import { ServiceException } from '../../execution/service/service-exception.ts';
import type { ExecutionRecord } from '../execution-record.ts';
import type { MapRunRecord } from '../map-run/map-runs.ts';
import { checkArn } from './checked.ts';
import { pastMapRuns } from './past-map-runs.ts';
import type { ServiceTools } from './service-tools.ts';

/** What Map Runs are looked for with. */
export type MapRunTools = Pick<ServiceTools, 'executions' | 'machines'>;

/** The Map Runs of an execution, newest first; one of this process tells more than what is kept. */
export async function mapRunsOf({ executions }: MapRunTools, record: ExecutionRecord): Promise<MapRunRecord[]> {
  const live = executions.world.mapRuns?.list(record.arn) ?? [];
  const known = new Set(live.map(({ mapRunArn }) => mapRunArn));
  const past = await pastMapRuns(record, executions.history(record.arn), (arn) =>
    executions.childEnds(record.arn, arn),
  );
  return [...live, ...past.filter(({ mapRunArn }) => !known.has(mapRunArn))];
}

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
    const record = await tools.executions.find(execution.arn);
    const found = record && (await mapRunsOf(tools, record)).find(({ mapRunArn }) => mapRunArn === arn);
    if (found) return found;
  }
  return undefined;
}
