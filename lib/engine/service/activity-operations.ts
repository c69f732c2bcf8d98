import type { ActivityOperations } from '../../execution/service/activity-operations.ts';
import { ServiceException } from '../../execution/service/service-exception.ts';
import { activityArn } from '../arns.ts';
import { checkArn, checkName } from './checked.ts';
import { pageOf } from './page-of.ts';
import type { KeptActivity, ServiceTools } from './service-tools.ts';
import { mergeTags } from './tag-operations.ts';

/** Activities, and the work that waits under them. */
export function activityOperations({ activities, activityTasks, tags, clock }: ServiceTools): ActivityOperations {
  const find = (arn: string): KeptActivity => {
    checkArn(arn, 'activity');
    const activity = activities.get(arn.slice(arn.lastIndexOf(':') + 1));
    if (activity && activityArn(activity.name) === arn) return activity;
    throw new ServiceException('ActivityDoesNotExist', `Activity Does Not Exist: '${arn}'`);
  };
  return {
    async createActivity({ name, tags: given, encryptionConfiguration }) {
      checkName(name);
      const arn = activityArn(name);
      const existing = activities.get(name);
      if (existing) return createdActivity(existing);
      const creationDate = new Date(clock.now()).toISOString();
      const activity = { name, creationDate, ...(encryptionConfiguration && { encryptionConfiguration }) };
      await activities.set(name, activity);
      if (given.length > 0) await tags.set(arn, mergeTags({ resourceArn: arn, tags: {} }, given));
      return createdActivity(activity);
    },
    async describeActivity({ activityArn: arn }) {
      const activity = find(arn);
      const { encryptionConfiguration } = activity;
      return { ...listedActivity(activity), ...(encryptionConfiguration && { encryptionConfiguration }) };
    },
    async deleteActivity({ activityArn: arn }) {
      checkArn(arn, 'activity');
      await activities.delete(arn.slice(arn.lastIndexOf(':') + 1));
      await tags.delete(arn);
    },
    async listActivities(request) {
      const { items, ...page } = pageOf(activities.values(), request, {
        name: 'activities',
        keyOf: ({ name }) => name,
      });
      return { activities: items.map(listedActivity), ...page };
    },
    async getActivityTask({ activityArn: arn, workerName }, signal) {
      find(arn);
      return (await activityTasks.poll(arn, { workerName, signal })) ?? {};
    },
  };
}

function createdActivity({ name, creationDate }: KeptActivity) {
  return { activityArn: activityArn(name), creationDate: new Date(creationDate) };
}

function listedActivity(activity: KeptActivity) {
  return { ...createdActivity(activity), name: activity.name };
}
