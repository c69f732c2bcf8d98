import { isJsonObject, type JsonObject } from '../../json.ts';
import { member, type Place, report } from './place.ts';

/** What a call cannot do without, by `service:api`. @see the "Request" section of each API's reference */
const requiredArguments: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:getItem': ['TableName', 'Key'],
  'dynamodb:putItem': ['TableName', 'Item'],
  'ecs:runTask': ['TaskDefinition'],
  'events:putEvents': ['Entries'],
  'glue:startJobRun': ['JobName'],
  'lambda:invoke': ['FunctionName'],
  'sns:publish': ['Message'],
  'sqs:sendMessage': ['QueueUrl', 'MessageBody'],
  'states:startExecution': ['StateMachineArn'],
};

/** Services whose calls never run a job that could be waited for. */
const withoutJobs = new Set([
  'apigateway',
  'aws-sdk',
  'bedrock-agentcore',
  'dynamodb',
  'events',
  'lambda',
  'sns',
  'sqs',
]);
/** Services whose calls hand a task token to nobody. */
const withoutCallbacks = new Set([
  'athena',
  'batch',
  'bedrock-agentcore',
  'codebuild',
  'databrew',
  'dynamodb',
  'elasticmapreduce',
  'emr-containers',
  'emr-serverless',
  'glue',
  'mediaconvert',
  'sagemaker',
]);

/** Checks how a Task calls a service: `arn:aws:states:::service:api`, with what is between the colons and the pattern. */
export function checkIntegration(state: JsonObject, resource: string, place: Place): void {
  const [, service = '', call = '', pattern = ''] =
    /^arn:[^:]*:states:::([^:]+):(.*?)(\.sync(?::2)?|\.waitForTaskToken)?$/.exec(resource) ?? [];
  if (service === '') return;
  if (!canWait(service, pattern)) {
    report(member(place, 'Resource'), `The resource provided ${resource} is not recognized`);
    return;
  }
  const name = place.language === 'JSONata' ? 'Arguments' : 'Parameters';
  const given = state[name];
  if (given === undefined) report(place, `${name} field is required for resource ARN: ${resource}`);
  if (isJsonObject(given)) checkArguments(given, requiredArguments[`${service}:${call}`] ?? [], member(place, name));
}

function canWait(service: string, pattern: string): boolean {
  if (pattern === '') return true;
  if (pattern === '.waitForTaskToken') return !withoutCallbacks.has(service);
  return !withoutJobs.has(service) && (pattern === '.sync' || service === 'states');
}

function checkArguments(given: JsonObject, required: readonly string[], place: Place): void {
  for (const name of required) {
    const isGiven = given[name] !== undefined || (place.language === 'JSONPath' && given[`${name}.$`] !== undefined);
    if (!isGiven) report(place, `The field '${name}' is required but was missing`);
  }
}
