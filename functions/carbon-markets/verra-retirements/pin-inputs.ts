import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { pinInput } from '../../../lib/task/pinned-input.ts';
import { verraRetirementsInput } from '../flow-inputs.contract.ts';
import { verraDataV2 } from '../verra-data-v2.contract.ts';
import { verraRetirementsInputs } from './verra-retirements-inputs.ts';

/** Pins the version that this execution builds from. */
export const pinInputs = defineTask(
  { input: verraRetirementsInput, output: verraRetirementsInputs },
  async ({ verraDataVersion: version, accept }, { artifacts }) => ({
    verraData: await pinInput({ artifacts }, { name: verraDataV2.name, version, madeBy: 'verra-data' }),
    accept,
  }),
);

export const handler = lambdaHandler(pinInputs);
