import { ServiceException } from '../../execution/service/service-exception.ts';
import type { TagOperations } from '../../execution/service/tag-operations.ts';
import { activityArn } from '../arns.ts';
import { checkArn } from './checked.ts';
import type { KeptTags, ServiceTools } from './service-tools.ts';

/** Tags that a resource can have. @see AWS Step Functions quotas */
const maxTags = 50;

/** Tags of state machines and activities: kept and given back, nothing depends on them. */
export function tagOperations(tools: ServiceTools): TagOperations {
  const keptOf = (resourceArn: string): KeptTags => {
    refuseUnknown(tools, resourceArn);
    return tools.tags.get(resourceArn) ?? { resourceArn, tags: {} };
  };
  return {
    async tagResource({ resourceArn, tags }) {
      await tools.tags.set(resourceArn, mergeTags(keptOf(resourceArn), tags));
    },
    async untagResource({ resourceArn, tagKeys }) {
      const left = Object.entries(keptOf(resourceArn).tags).filter(([key]) => !tagKeys.includes(key));
      await tools.tags.set(resourceArn, { resourceArn, tags: Object.fromEntries(left) });
    },
    async listTagsForResource({ resourceArn }) {
      return { tags: Object.entries(keptOf(resourceArn).tags).map(([key, value]) => ({ key, value })) };
    },
  };
}

/** @throws {ServiceException} `TooManyTags` */
export function mergeTags(
  { resourceArn, tags }: KeptTags,
  more: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[],
): KeptTags {
  const added = more.map(({ key = '', value = '' }) => [key, value] as const);
  const merged = { ...tags, ...Object.fromEntries(added) };
  if (Object.keys(merged).length <= maxTags) return { resourceArn, tags: merged };
  const message = `Too Many Tags: '${resourceArn}' would have more than ${maxTags} tags`;
  throw new ServiceException('TooManyTags', message, { resourceName: resourceArn });
}

function refuseUnknown({ machines, activities }: ServiceTools, arn: string): void {
  checkArn(arn, 'stateMachine', 'activity');
  if (machines.find(arn) || activities.values().some(({ name }) => activityArn(name) === arn)) return;
  throw new ServiceException('ResourceNotFound', `Resource not found: '${arn}'`, { resourceName: arn });
}
