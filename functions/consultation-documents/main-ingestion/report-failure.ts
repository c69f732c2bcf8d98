import { lambdaHandler } from '../../../lib/task/lambda-handler.ts';
import { reportFailureOf } from '../run-reports/report-failure.ts';

/** Tells that the execution failed. */
export const reportFailure = reportFailureOf();

export const handler = lambdaHandler(reportFailure);
