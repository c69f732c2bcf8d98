import { publishArtifact } from '../../../lib/artifact/publish.ts';
import { defineTask } from '../../../lib/task/define-task.ts';
import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { builtTable, fetchBuiltTable } from '../built-table.ts';
import { publication } from '../publication.ts';
import { verraRetirements } from '../verra-retirements.contract.ts';

/** Publishes the table that was built. */
export const publishVerraRetirements = defineTask(
  { input: builtTable, output: publication },
  async ({ key, inputs, notes, accept }, context) =>
    await publishArtifact(context, verraRetirements, {
      dataFile: await fetchBuiltTable(context, key),
      inputs,
      notes,
      accept,
    }),
);

export const handler = lambdaHandler(publishVerraRetirements);
