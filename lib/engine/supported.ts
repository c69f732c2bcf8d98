import { intrinsicNames } from '../asl/intrinsics/intrinsic.ts';
import { serviceFunctions } from '../asl/jsonata-functions.ts';
import { expressionLimits } from '../asl/jsonata-guard.ts';
import { stateTypes } from './graph.ts';
import { inputTypes } from './map-run/item-reader.ts';
import { maxPayloadBytes } from './payload.ts';
import { dynamoDbResources } from './resources/dynamodb.ts';
import { lambdaResources } from './resources/lambda.ts';
import { messageResources } from './resources/messages.ts';
import { s3Resources } from './resources/s3.ts';
import { ssmResources } from './resources/ssm.ts';
import { maxHistoryEvents } from './run.ts';
import { maxChildConcurrency } from './states/distributed-map.ts';
import { maxInlineConcurrency } from './states/map.ts';

/** One thing that the engine can do, and how far it goes. */
export interface Ability {
  readonly what: string;
  readonly extent: readonly string[];
}

const never = (): never => {
  throw new Error('only the names of these resources are asked for');
};

/** Task resources that the engine has itself, with a world to act on. */
const resourceNames = Object.keys({
  ...lambdaResources(never),
  'states:startExecution': undefined,
  'events:putEvents': undefined,
  'activity:*': undefined,
  ...messageResources(never),
  ...s3Resources({ read: never, list: never, write: never }),
  ...ssmResources(never),
  ...dynamoDbResources({}),
});

/** What the engine supports, read off its code. */
export function supported(): Ability[] {
  const number = (value: number) => value.toLocaleString('en');
  return [
    { what: 'Query languages', extent: ['JSONPath', 'JSONata 2.0.6 without `$eval`'] },
    { what: 'States', extent: stateTypes },
    { what: 'Intrinsic functions', extent: intrinsicNames },
    { what: 'JSONata functions of the service', extent: Object.keys(serviceFunctions).map((name) => `$${name}`) },
    {
      what: 'Integration patterns',
      extent: ['request-response', '.sync', '.sync:2', '.waitForTaskToken', 'activities'],
    },
    { what: 'Task resources', extent: resourceNames },
    { what: 'Item readers', extent: [...inputTypes, 'S3 listing'] },
    {
      what: 'Limits',
      extent: [
        `${number(maxPayloadBytes)} bytes per payload`,
        `${number(maxHistoryEvents)} history events`,
        `${maxInlineConcurrency} inline iterations at a time`,
        `${number(maxChildConcurrency)} child executions at a time`,
        `expressions nested ${expressionLimits.depth} deep`,
      ],
    },
  ];
}
