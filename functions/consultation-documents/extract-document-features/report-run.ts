import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { reportRunOf } from '../run-reports/report-run.ts';

/** Tells that the execution succeeded. */
export const reportRun = reportRunOf({ icon: 'triangular_ruler' });

export const handler = lambdaHandler(reportRun);
