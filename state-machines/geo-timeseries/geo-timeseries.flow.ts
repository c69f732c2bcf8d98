import { geoTimeseriesInput } from '../../functions/geo-timeseries/flow-inputs.contract.ts';
import { geoTimeseriesFiles, taskMemoryMiB } from '../../functions/geo-timeseries/geo-timeseries-files.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';

const writes = [geoTimeseriesFiles.name];

export const geoTimeseries = defineFlow({
  name: 'geo-timeseries',
  description:
    'One dataset of geo-temporal figures as tables, series, map tiles and summaries, a file for each question',
  group: 'geo-timeseries',
  input: geoTimeseriesInput,
  tasks: {
    PlanRun: {
      timeoutSeconds: 880,
      memoryMiB: taskMemoryMiB.plan,
      storageMiB: 10_240,
      settings: [
        'WM_S3_DEFAULT_INDICATOR_BUCKET',
        'WM_S3_DEFAULT_MODEL_BUCKET',
        'WM_DEBUG_TILE',
        'GEO_TIMESERIES_CONCURRENCY',
      ],
      writes,
    },
    ComputeUnit: { timeoutSeconds: 880, memoryMiB: taskMemoryMiB.unit, storageMiB: 4_096, writes },
    PublishRun: { timeoutSeconds: 880, memoryMiB: taskMemoryMiB.publish, storageMiB: 1_024, writes },
  },
  artifacts: [geoTimeseriesFiles],
  overlap: 'allow',
});
