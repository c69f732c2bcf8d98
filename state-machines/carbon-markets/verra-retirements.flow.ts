import { verraRetirementsInput } from '../../functions/carbon-markets/flow-inputs.contract.ts';
import { verraRetirements as verraRetirementsContract } from '../../functions/carbon-markets/verra-retirements.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';

export const verraRetirements = defineFlow({
  name: 'verra-retirements',
  description: 'Verra credits that were really used: retired, and not merely moved to a chain',
  group: 'carbon-markets',
  input: verraRetirementsInput,
  tasks: {
    PinInputs: { reads: ['verra_data_v2'] },
    BuildVerraRetirements: { timeoutSeconds: 840, memoryMiB: 3_008, reads: ['verra_data_v2'] },
    PublishVerraRetirements: { timeoutSeconds: 840, memoryMiB: 3_008, writes: ['verra_retirements'] },
  },
  artifacts: [verraRetirementsContract],
  maxStalenessHours: 30,
});
