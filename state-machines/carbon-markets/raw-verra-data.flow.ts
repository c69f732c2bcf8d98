import { rawVerraDataInput } from '../../functions/carbon-markets/flow-inputs.contract.ts';
import { rawVerraData as rawVerraDataContract } from '../../functions/carbon-markets/raw-verra-data.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';

export const rawVerraData = defineFlow({
  name: 'raw-verra-data',
  description: 'Every block of credits of the Verra registry, fetched month by month of issuance',
  group: 'carbon-markets',
  input: rawVerraDataInput,
  tasks: {
    PlanMonths: { settings: ['VERRA_FROM_MONTH', 'VERRA_TO_MONTH'] },
    FetchMonth: {
      timeoutSeconds: 840,
      memoryMiB: 1_024,
      calls: ['VERRA_API_URL'],
      settings: ['VERRA_PAUSE_MILLISECONDS'],
    },
    PublishRawVerraData: { timeoutSeconds: 840, memoryMiB: 3_008, writes: ['raw_verra_data'] },
  },
  artifacts: [rawVerraDataContract],
  maxStalenessHours: 30,
});
