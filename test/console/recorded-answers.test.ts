import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../lib/console/app.ts';
import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts';
import { type ConformanceCase, definitionText, loadCases } from '../conformance/case.ts';
import { difference, parsed } from '../conformance/match.ts';
import { aService, roleArn, type TestService } from '../engine/service/a-service.ts';
import { root } from '../support/source-files.ts';

/*
 * What the service answered when it was asked over HTTP, asked of our endpoint over HTTP: cases recorded from AWS that
 * lie beside the project on some machines. Only those that the engine is known to pass; the others are its own matter.
 */

const folder = join(root, '../shared/conformance/asl');
const passing: readonly string[] = JSON.parse(readFileSync(join(root, 'test/conformance/passing.json'), 'utf8'));

const shared = await aService();

const cases = existsSync(folder) ? loadCases(folder).filter(({ id }) => passing.includes(id)) : [];

async function call(
  operation: string,
  request: object,
  { service }: Pick<TestService, 'service'> = shared,
): Promise<{ status: number; body: JsonObject }> {
  const onBug = (error: unknown) => {
    throw error;
  };
  const answer = await createApp({ service, onBug })(
    new Request('http://127.0.0.1/', {
      method: 'POST',
      headers: { 'x-amz-target': `AWSStepFunctions.${operation}` },
      body: JSON.stringify(request),
    }),
  );
  return { status: answer.status, body: JSON.parse(await answer.text()) };
}

function refusalIn({ status, body }: Awaited<ReturnType<typeof call>>): JsonObject {
  return { status: status === 200 ? 'ACCEPTED' : 'REJECTED', code: body.__type ?? null, message: body.message ?? null };
}

/** JSON texts as values, which is how the cases hold them. */
function withValues(object: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(object).map(([name, value]) => [name, typeof value === 'string' ? (parsed(value) ?? value) : value]),
  );
}

/** Values as JSON texts, which is how the API takes them. */
function asText(value: Json): string {
  return isJsonObject(value) && typeof value.$notJson === 'string' ? value.$notJson : JSON.stringify(value);
}

function testStateRequest({ request, definition }: ConformanceCase): object {
  const { input, context, variables, mock, ...same } = request;
  const texts = Object.entries({ input, context, variables }).filter(([, value]) => value !== undefined);
  const result = isJsonObject(mock) && mock.result !== undefined ? { result: asText(mock.result) } : {};
  return {
    ...same,
    ...Object.fromEntries(texts.map(([name, value]) => [name, asText(value ?? null)])),
    ...(isJsonObject(mock) && { mock: { ...mock, ...result } }),
    definition: JSON.stringify(definition),
    roleArn: 'arn:aws:iam::111111111111:role/conformance',
  };
}

function testStateAnswer({ status, body }: Awaited<ReturnType<typeof call>>): JsonObject {
  if (status !== 200) return refusalIn({ status, body });
  const { output, inspectionData } = body;
  return {
    ...body,
    ...(typeof output === 'string' && { output: parsed(output) ?? output }),
    ...(isJsonObject(inspectionData) && { inspectionData: withValues(inspectionData) }),
  };
}

function ofKind(kind: ConformanceCase['kind']): ConformanceCase[] {
  return cases.filter((one) => one.kind === kind);
}

describe.skipIf(cases.length === 0)('answers recorded from the service', () => {
  test('CreateStateMachine refuses what it refused, in its words', async () => {
    const recorded = ofKind('create').filter(({ expected }) => expected.message !== undefined);

    for (const one of recorded) {
      const request = { name: 'any', definition: definitionText(one), type: one.type, roleArn };
      const { diagnostics: _diagnostics, ...expected } = one.expected;
      expect(difference(expected, refusalIn(await call('CreateStateMachine', request))), one.id).toBeUndefined();
    }
    expect(recorded.length).toBeGreaterThan(0);
  });

  test('ValidateStateMachineDefinition finds what it found', async () => {
    for (const one of ofKind('validate')) {
      const request = { definition: definitionText(one), type: one.type };
      const { result = null, diagnostics = null } = (await call('ValidateStateMachineDefinition', request)).body;
      expect(difference(one.expected, { result, diagnostics }), one.id).toBeUndefined();
    }
    expect(ofKind('validate').length).toBeGreaterThan(0);
  });

  test('DescribeStateMachine lists the variables that it listed', async () => {
    for (const one of ofKind('variableReferences')) {
      const made = await aService();
      const { body } = await call(
        'CreateStateMachine',
        { name: 'any', definition: definitionText(one), roleArn },
        made,
      );
      const { variableReferences = {} } = (await call('DescribeStateMachine', body, made)).body;
      expect(difference(one.expected, { variableReferences }), one.id).toBeUndefined();
    }
    expect(ofKind('variableReferences').length).toBeGreaterThan(0);
  });

  test('TestState answers what it answered', async () => {
    const own = ofKind('testState').filter(({ lambdas, integrations, request }) => {
      const isAlone = Object.keys(lambdas).length === 0 && integrations.length === 0;
      // an empty name is refused by the client that made the recordings, before it asks
      return isAlone && request.stateName !== '';
    });

    for (const one of own) {
      const answer = testStateAnswer(await call('TestState', testStateRequest(one)));
      expect(difference(one.expected, answer), one.id).toBeUndefined();
    }
    expect(own.length).toBeGreaterThan(0);
  });
});
