import { mainIngestionInput } from '../../functions/consultation-documents/derived-flow-inputs.contract.ts';
import { defineFlow } from '../../lib/flow/flow.ts';
import { cron } from '../../lib/flow/schedule.ts';
import { reportTasks } from './report-tasks.ts';

const timeZone = 'Europe/Zurich';

export const mainIngestion = defineFlow({
  name: 'main-ingestion',
  description:
    'The dataset, features, vectors and predictions, each from the very versions before it; weekly in public',
  group: 'consultation-documents',
  input: mainIngestionInput,
  schedules: [cron('0 3 * * ? *', { timeZone }), cron('0 5 ? * SUN *', { timeZone, input: { publish: true } })],
  tasks: reportTasks,
  onFailure: 'ReportFailure',
  maxStalenessHours: 30,
});
