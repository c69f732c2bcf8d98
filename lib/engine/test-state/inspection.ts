import { compileJsonPath } from '../../asl/json-path.ts';
import { compileTemplate } from '../../asl/payload-template.ts';
import { compileReferencePath } from '../../asl/reference-path.ts';
import type { Scope, State } from '../../asl/types.ts';
import type { Json } from '../../json.ts';

/** What has been seen of the data on its way through the state, by the names of the service. */
export type Seen = Record<string, Json>;

/** Notes the input of a state after `InputPath`, and after `Parameters` where the state has them. */
export function seeInput(seen: Seen, state: State, scope: Scope): void {
  if (state.data.language !== 'JSONPath') return;
  const { InputPath, Parameters } = state.definition;
  const selected = InputPath === null ? {} : select(InputPath, scope);
  seen.afterInputPath = selected;
  if (state.type !== 'Pass' && state.type !== 'Task') return;
  seen.afterParameters =
    Parameters === undefined ? selected : compileTemplate(Parameters)({ ...rootsOf(scope), input: selected });
}

/** Notes the result of a state after `ResultSelector` and after `ResultPath`. */
export function seeResult(seen: Seen, state: State, { scope, result }: { scope: Scope; result: Json }): void {
  if (state.data.language !== 'JSONPath') return;
  const { ResultSelector, ResultPath = '$' } = state.definition;
  const selected =
    ResultSelector === undefined ? result : compileTemplate(ResultSelector)({ ...rootsOf(scope), input: result });
  seen.afterResultSelector = selected;
  seen.afterResultPath =
    ResultPath === null ? scope.input : compileReferencePath(String(ResultPath)).write(scope.input, selected);
}

/** Notes the variables after the state, those it was given included. */
export function seeVariables(seen: Seen, variables: Readonly<Record<string, Json>>): void {
  if (Object.keys(variables).length > 0) seen.variables = variables;
}

function select(path: Json | undefined, scope: Scope): Json {
  return path === undefined ? scope.input : compileJsonPath(String(path)).read(scope);
}

/** A copy would call the scope's lazy context at once; that is wanted here, where everything is looked at anyway. */
function rootsOf({ input, context, variables, chance }: Scope) {
  return { input, context, variables, chance };
}
