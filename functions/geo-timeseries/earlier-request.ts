import type * as z from 'zod';
import type { ArtifactStore } from '../../lib/artifact/artifact-store.ts';
import { ObjectNotFoundError } from '../../lib/artifact/store-errors.ts';
import { InvalidDataError } from '../../lib/errors.ts';
import { type geoTimeseriesInput, type RunRequest, runRequest } from './flow-inputs.contract.ts';

/** Where a request is kept, for doing it again. */
export function requestKey(executionName: string): string {
  return `artifacts/geo_timeseries_files/requests/${executionName}.json`;
}

/** The request of an execution, which is kept, or that of an earlier one with the groups that are asked for now. */
export async function requestOf(
  { artifacts, executionName }: { artifacts: ArtifactStore; executionName: string },
  input: z.output<typeof geoTimeseriesInput>,
): Promise<RunRequest> {
  const request =
    'reprocess' in input
      ? {
          ...(await earlierRequest(artifacts, input.reprocess.execution)),
          selected_output_tasks: input.reprocess.selected_output_tasks,
        }
      : input;
  await artifacts.write(requestKey(executionName), JSON.stringify(request));
  return request;
}

async function earlierRequest(store: ArtifactStore, executionName: string): Promise<RunRequest> {
  try {
    const { bytes } = await store.read(requestKey(executionName));
    return runRequest.parse(JSON.parse(Buffer.from(bytes).toString()));
  } catch (error) {
    if (!(error instanceof ObjectNotFoundError)) throw error;
    throw new InvalidDataError(
      `no request of an execution '${executionName}' is kept; 'flow executions geo-timeseries' lists those there are`,
      { cause: error },
    );
  }
}
