import { describe, expect, it } from 'vitest';
import { taskEvent } from '../../lib/task/task-event.ts';

const arn = 'arn:aws:states:us-east-1:123456789012:execution:DataFlows-dev-plum-jam:monday';
const startTime = '2026-01-01T00:00:00.000Z';

function executionOf(execution: object) {
  return taskEvent.parse({
    input: null,
    context: { Execution: { StartTime: startTime, ...execution }, State: { Name: 'Cook' } },
  }).context.Execution;
}

describe('the payload of a Task state', () => {
  it.each([
    { name: 'its name', execution: { Id: arn, Name: 'tuesday' }, is: 'tuesday' },
    { name: 'its ARN, when the name is null', execution: { Id: arn, Name: null }, is: 'monday' },
    { name: 'its ARN, when there is no name', execution: { Id: arn }, is: 'monday' },
  ])('tells the execution by $name', ({ execution, is }) => {
    expect(executionOf(execution)).toEqual({ Name: is, StartTime: startTime });
  });

  it('is refused when it does not tell the execution', () => {
    expect(() => executionOf({})).toThrow('neither Name nor Id is given');
  });
});
