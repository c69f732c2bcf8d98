import { verraDataInput } from '../../functions/carbon-markets/flow-inputs.contract.ts';
import { verraDataV2 } from '../../functions/carbon-markets/verra-data-v2.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';

const sources = ['raw_verra_data', 'raw_eth_moss_bridged_offsets'];

export const verraData = defineFlow({
  name: 'verra-data',
  description: 'Verra credits with vintage, status, bridge and country code worked out',
  group: 'carbon-markets',
  input: verraDataInput,
  tasks: {
    PinInputs: { reads: sources },
    BuildVerraData: { timeoutSeconds: 840, memoryMiB: 3_008, reads: sources },
    PublishVerraData: { timeoutSeconds: 840, memoryMiB: 3_008, writes: ['verra_data_v2'] },
  },
  artifacts: [verraDataV2],
  maxStalenessHours: 30,
});
