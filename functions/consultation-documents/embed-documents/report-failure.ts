import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { reportFailureOf } from '../run-reports/report-failure.ts';

/** Tells that the execution failed. */
export const reportFailure = reportFailureOf({ icon: '1234' });

export const handler = lambdaHandler(reportFailure);
