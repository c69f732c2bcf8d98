import { buildVerraInput } from '../../functions/carbon-markets/flow-inputs.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { cron } from '../../lib/flow/schedule.ts';

export const buildVerra = defineFlow({
  name: 'build-verra',
  description: 'Runs raw-verra-data, verra-data and verra-retirements, each on what the one before it published',
  group: 'carbon-markets',
  input: buildVerraInput,
  schedules: [cron('15 13 * * ? *')],
  maxStalenessHours: 30,
});
