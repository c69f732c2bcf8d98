import type { TaskManifest } from '../../lib/flow/flow.ts';

/** The task with which each flow of the group tells people how it ended. */
export const reportTask: TaskManifest = { emits: true, optionalSecrets: ['SLACK_WEBHOOK_URL'] };
