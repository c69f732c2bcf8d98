import fc from 'fast-check';
import type { QueryLanguage } from '../../lib/asl/types.ts';
import { isJsonObject, type JsonObject } from '../../lib/json.ts';
import { retry } from './exits.ts';
import { json, jsonataExpression, jsonataValue, jsonPath, payloadTemplate } from './expressions.ts';
import { passing, resultPath, selection, sometimes, working } from './members.ts';

/** States that have no others inside and need nobody outside. */
export function simple(type: string, language: QueryLanguage): fc.Arbitrary<JsonObject> {
  const isType = { Type: fc.constant(type) };
  switch (type) {
    case 'Pass':
      return language === 'JSONata'
        ? sometimes(isType, passing.JSONata)
        : sometimes(isType, { ...passing.JSONPath, Result: json, ResultPath: resultPath, Parameters: payloadTemplate });
    case 'Wait':
      return fc.oneof(
        ...delays[language].map(([field, value]) => sometimes({ ...isType, [field]: value }, passing[language])),
      );
    case 'Succeed':
      return sometimes(isType, language === 'JSONata' ? { Output: jsonataValue } : selection);
    default:
      return fc.oneof(
        sometimes(isType, { Error: fc.constantFrom('Custom.Error', ''), Cause: fc.constant('on purpose') }),
        sometimes(
          isType,
          language === 'JSONata' ? { Error: jsonataExpression, Cause: jsonataExpression } : { CausePath: jsonPath },
        ),
      );
  }
}

const delays: Readonly<Record<QueryLanguage, readonly (readonly [string, fc.Arbitrary<unknown>])[]>> = {
  JSONata: [
    ['Seconds', fc.oneof(fc.nat(100), fc.constant('{% 3 %}'), jsonataExpression)],
    ['Timestamp', fc.constantFrom('2026-01-01T00:00:30Z', '{% $now() %}', '{% $states.input.t %}')],
  ],
  JSONPath: [
    ['Seconds', fc.constantFrom(0, 7, 99_999_999)],
    ['SecondsPath', fc.constantFrom('$$.Execution.Input.n', '$.missing', '$$.Map.Item.Index')],
    ['Timestamp', fc.constant('2026-01-01T00:00:30Z')],
    ['TimestampPath', fc.constantFrom('$$.Execution.Input.t', '$.a')],
  ],
};

/** What `madeUpResources` can do, by the name of the function. */
const functionName = fc.constantFrom('echo', 'echo', 'echo', 'raise', 'slow', 'big', 'unnamed', 'nested');

/** Task states of every kind of resource. */
export function task(language: QueryLanguage): fc.Arbitrary<JsonObject> {
  const seconds = fc.integer({ min: 1, max: 30 });
  const times =
    language === 'JSONata'
      ? { TimeoutSeconds: fc.oneof(seconds, jsonataExpression), HeartbeatSeconds: seconds }
      : { TimeoutSeconds: seconds, HeartbeatSecondsPath: fc.constant('$$.Execution.Input.n') };
  const payload = language === 'JSONata' ? jsonataValue : payloadTemplate;
  const request = language === 'JSONata' ? 'Arguments' : 'Parameters';
  const invoke = fc.record<JsonObject>(
    { FunctionName: functionName, Payload: payload },
    { requiredKeys: ['FunctionName'] },
  );
  const fields = { ...working[language], ...times, Retry: retry };
  return fc.oneof(
    sometimes(
      { Type: fc.constant('Task'), Resource: fc.constant('arn:aws:states:::lambda:invoke'), [request]: invoke },
      fields,
    ),
    sometimes({ Type: fc.constant('Task'), Resource: worker }, { ...fields, [request]: payload }),
    serviceCall.chain(({ resource, required }) =>
      sometimes(
        {
          Type: fc.constant('Task'),
          Resource: fc.constant(resource),
          [request]: payload.map((given) => (isJsonObject(given) ? { ...given, ...required } : given)),
        },
        fields,
      ),
    ),
  );
}

const worker = fc.oneof(
  functionName.map((name) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`),
  fc.constant('arn:aws:states:us-east-1:123456789012:activity:work'),
);

/** Calls of services, with the arguments without which the service refuses the definition. */
const serviceCall = fc.constantFrom<{ resource: string; required: JsonObject }>(
  { resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', required: { QueueUrl: 'q', MessageBody: 'b' } },
  { resource: 'arn:aws:states:::states:startExecution.sync:2', required: { StateMachineArn: 'm' } },
  { resource: 'arn:aws:states:::aws-sdk:dynamodb:getItem', required: {} },
);

/** Map states, without their processor. */
export function mapFields(language: QueryLanguage, isDistributed: boolean): fc.Arbitrary<JsonObject> {
  const selector = language === 'JSONata' ? jsonataValue : payloadTemplate;
  const items =
    language === 'JSONata'
      ? {
          Items: fc.oneof(
            fc.constant('{% [1..3] %}'),
            fc.constant('{% $states.context.Execution.Input.items %}'),
            fc.array(json),
          ),
        }
      : { ItemsPath: fc.constantFrom('$$.Execution.Input.items', '$$.Execution.Input.items', '$.items', '$') };
  const inline = { MaxConcurrency: fc.nat(3), ItemSelector: selector, Retry: retry };
  const distributed = {
    ToleratedFailureCount: fc.nat(2),
    ToleratedFailurePercentage: fc.constantFrom(0, 50, 100),
    ItemBatcher: fc.record<JsonObject>({ MaxItemsPerBatch: fc.integer({ min: 1, max: 3 }) }),
    Label: fc.constant('Items'),
  };
  return sometimes(
    { Type: fc.constant('Map'), ...items },
    { ...working[language], ...inline, ...(isDistributed && distributed) },
  );
}

/** Parallel states, without their branches. */
export function parallelFields(language: QueryLanguage): fc.Arbitrary<JsonObject> {
  const request = language === 'JSONata' ? { Arguments: jsonataValue } : { Parameters: payloadTemplate };
  return sometimes({ Type: fc.constant('Parallel') }, { ...working[language], ...request, Retry: retry });
}
