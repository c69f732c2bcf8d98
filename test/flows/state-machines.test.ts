import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { aslPath, substituteReferences } from '../../lib/flow/task-path.ts';
import * as flows from '../../state-machines/index.ts';
import { root } from '../support/source-files.ts';

describe.each(Object.values(flows))('the state machine of $name', (flow) => {
  const text = readFileSync(join(root, aslPath(flow)), 'utf8');

  it('is valid for a second opinion too', () => {
    const arn = 'arn:aws:lambda:us-east-1:123456789012:function:some-function';

    const { isValid, errorsText } = validate(JSON.parse(substituteReferences(text, () => arn)), { checkArn: true });

    expect([isValid, isValid ? '' : errorsText()]).toEqual([true, '']);
  });

  it('says what it and each of its states is for', () => {
    const states = [...text.matchAll(/"Type": "(?:Task|Map)"/g)];
    const comments = [...text.matchAll(/"Comment": "/g)];

    expect(comments).toHaveLength(states.length + 1);
  });

  it('gives every task a time limit and retries only what may heal', () => {
    const tasks = [...text.matchAll(/"Type": "Task"/g)];
    const limits = [...text.matchAll(/"TimeoutSeconds": \d+/g)];

    expect(limits).toHaveLength(tasks.length + 1);
    expect(text).not.toContain('States.ALL');
  });
});
