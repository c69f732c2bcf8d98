import { expireObjectsInput } from '../../functions/consultation-documents/derived-flow-inputs.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { cron } from '../../lib/flow/schedule.ts';
import { reportTasks } from './report-tasks.ts';

export const expireObjects = defineFlow({
  name: 'expire-objects',
  description:
    'Deletes versions of the tables of consultation documents that are more than 60 days old, never the newest',
  group: 'consultation-documents',
  input: expireObjectsInput,
  schedules: [cron('30 1 * * ? *', { timeZone: 'Europe/Zurich' })],
  tasks: {
    ExpireObjects: { timeoutSeconds: 840, reads: ['*'], writes: ['*'] },
    ...reportTasks,
  },
  onFailure: 'ReportFailure',
});
