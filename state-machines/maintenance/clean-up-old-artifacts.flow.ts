import { cleanUpOldArtifactsInput } from '../../functions/maintenance/clean-up-old-artifacts.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { cron } from '../../lib/flow/schedule.ts';

export const cleanUpOldArtifacts = defineFlow({
  name: 'clean-up-old-artifacts',
  description: 'Deletes versions of artifacts past their retention that no pointer needs',
  group: 'maintenance',
  input: cleanUpOldArtifactsInput,
  schedules: [cron('0 22 * * ? *')],
  tasks: { CleanUpOldArtifacts: { timeoutSeconds: 840, reads: ['*'], writes: ['*'] } },
});
