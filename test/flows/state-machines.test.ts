import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { aslPath, substituteReferences } from '../../lib/flow/task-path.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
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
    const silent = [...statesIn(text)].filter(([, { Comment }]) => typeof Comment !== 'string').map(([name]) => name);

    expect(silent).toEqual([]);
    expect(JSON.parse(text).Comment).toMatch(/./);
  });

  it('gives every task a time limit and retries only what may heal', () => {
    const states = [...statesIn(text)];
    const endless = states.filter(([, { Type, TimeoutSeconds }]) => Type === 'Task' && !TimeoutSeconds);

    expect(endless.map(([name]) => name)).toEqual([]);
    expect(JSON.parse(text).TimeoutSeconds).toBeGreaterThan(0);
    expect(JSON.stringify(states.map(([, { Retry }]) => Retry))).not.toContain('States.ALL');
  });
});

/** Every state by its name, of however deeply nested machines. */
function* statesIn(aslText: string): Generator<[name: string, state: JsonObject]> {
  const values: Json[] = [JSON.parse(aslText)];
  for (const value of values) {
    if (Array.isArray(value)) values.push(...value);
    if (!isJsonObject(value)) continue;
    values.push(...Object.values(value));
    if (!isJsonObject(value.States)) continue;
    for (const [name, state] of Object.entries(value.States)) if (isJsonObject(state)) yield [name, state];
  }
}
