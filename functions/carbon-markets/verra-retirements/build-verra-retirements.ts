import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { downloadInput } from '../../../lib/task/pinned-input.ts';
import { builtTable, storeBuiltTable } from '../built-table.ts';
import { verraRetirementsInputs } from './verra-retirements-inputs.ts';
import { verraRetirementsQuery } from './verra-retirements-query.ts';

/** Builds `verra_retirements` from the pinned version. */
export const buildVerraRetirements = defineTask(
  { input: verraRetirementsInputs, output: builtTable },
  async ({ verraData, accept }, context) => {
    const query = verraRetirementsQuery(await downloadInput(context, verraData));
    const { key, rows } = await storeBuiltTable(context, query);
    return { key, rows, inputs: [verraData], notes: [], accept };
  },
);

export const handler = lambdaHandler(buildVerraRetirements);
