import type { TaskManifest } from '../../lib/flow/flow.ts';

const reportTask: TaskManifest = { emits: true, optionalSecrets: ['SLACK_WEBHOOK_URL'] };

/** The tasks with which each flow of the group tells people how it ended: its last state, and its `onFailure`. */
export const reportTasks = { ReportRun: reportTask, ReportFailure: reportTask };
