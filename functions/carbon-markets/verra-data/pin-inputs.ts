import { resolveArtifact } from '../../../lib/artifact/catalog.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { pinInput } from '../../../lib/task/pinned-input.ts';
import { verraDataInput } from '../flow-inputs.contract.ts';
import { rawVerraData } from '../raw-verra-data.contract.ts';
import { verraDataInputs } from './verra-data-inputs.ts';

/** Pins the versions that this execution builds from. */
export const pinInputs = defineTask(
  { input: verraDataInput, output: verraDataInputs },
  async (input, { artifacts }) => {
    const { rawVerraDataVersion: version, compat = false, accept } = input;
    const mossBridgedOffsets = await resolveArtifact(artifacts, 'raw_eth_moss_bridged_offsets');
    return {
      rawVerraData: await pinInput({ artifacts }, { name: rawVerraData.name, version, madeBy: 'raw-verra-data' }),
      mossBridgedOffsets: mossBridgedOffsets ?? null,
      compat,
      accept,
    };
  },
);

export const handler = lambdaHandler(pinInputs);
