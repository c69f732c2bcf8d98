import type { Json, JsonObject } from '../../json.ts';
import { checkIntegration } from './integrations.ts';
import { member, type Place, report } from './place.ts';
import { isObjectAt, isTextAt, orExpression } from './value-checks.ts';

/** Checks what a Task state calls, and with whose credentials. */
export function checkTask(state: JsonObject, place: Place): void {
  const { Resource: resource } = state;
  if (resource !== undefined) checkResource(resource, member(place, 'Resource'));
  if (typeof resource === 'string') checkIntegration(state, resource, place);
  if (state.Credentials !== undefined) {
    const at = member(place, 'Credentials');
    if (isActivity(resource)) report(at, "The field 'Credentials' is not supported for activities");
    else orExpression(checkCredentials)(state.Credentials, at);
  }
}

/** `${…}` stands for an ARN that is filled in before the definition is deployed. */
const resourceForm = /^(arn:[^:]*:[^:]+:|\$\{[^}]+\}$)/;

function checkResource(resource: Json, place: Place): void {
  if (!isTextAt(resource, place)) return;
  if (!resourceForm.test(resource)) report(place, 'Value is not a valid resource ARN');
  else if (place.machineType === 'EXPRESS') checkExpressResource(resource, place);
}

/** Express executions end within minutes and keep no state, so nothing in them may wait for a job or a token. */
function checkExpressResource(resource: string, place: Place): void {
  if (isActivity(resource)) report(place, 'Express state machine does not support Activity ARN');
  const pattern = /^arn:[^:]*:states:::.*(\.sync(?::2)?|\.waitForTaskToken)$/.exec(resource)?.[1];
  // the blank at the end is the service's own
  if (pattern) report(place, `Express state machine does not support '${pattern}' service integration `);
}

function isActivity(resource: Json | undefined): boolean {
  return typeof resource === 'string' && /^arn:[^:]*:states:[^:]*:[^:]*:activity:/.test(resource);
}

function checkCredentials(credentials: Json, place: Place): void {
  if (!isObjectAt(credentials, place)) return;
  if (credentials.RoleArn === undefined && credentials['RoleArn.$'] === undefined) {
    report(place, "The field 'RoleArn' is required but was missing");
  }
}
