import { ServiceException } from '../../execution/service/service-exception.ts';
import type { TaskOperations } from '../../execution/service/task-operations.ts';
import type { TokenHolder } from '../task-tokens.ts';
import { readPayload } from './checked.ts';
import type { ServiceTools } from './service-tools.ts';

/** What comes back for the task tokens that executions have given out. */
export function taskOperations({ executions }: Pick<ServiceTools, 'executions'>): TaskOperations {
  const { tokens } = executions.world;
  /** A token comes back once; whoever comes after that is told that there is no such task any more. */
  const take = (taskToken: string): TokenHolder => {
    const holder = find(taskToken);
    tokens.revoke(taskToken);
    return holder;
  };
  const find = (taskToken: string): TokenHolder => {
    const holder = tokens.find(taskToken);
    if (!holder) throw unknownToken(taskToken);
    return holder;
  };
  return {
    async sendTaskSuccess({ taskToken, output }) {
      const value = readPayload(output, 'output', (problem) => {
        return new ServiceException('InvalidOutput', `Invalid Output: '${problem}'`);
      });
      take(taskToken).settle({ output: value });
    },
    async sendTaskFailure({ taskToken, error, cause }) {
      const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
      take(taskToken).settle({ failure });
    },
    async sendTaskHeartbeat({ taskToken }) {
      find(taskToken).heartbeat();
    },
  };
}

/** A token of ours names its execution, see `states/task.ts`; anything else was never one. */
function unknownToken(taskToken: string): ServiceException {
  const isOurs = Buffer.from(taskToken, 'base64url').toString().startsWith('arn:aws:states:');
  return isOurs
    ? new ServiceException('TaskTimedOut', "Task Timed Out: 'Provided task does not exist anymore'")
    : new ServiceException('InvalidToken', "Invalid Token: 'Invalid token'");
}
