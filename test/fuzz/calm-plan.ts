import type { QueryLanguage } from '../../lib/asl/types.ts';
import type { Json, JsonObject } from '../../lib/json.ts';
import type { Exit } from './exits.ts';
import type { GraphPlan, MachinePlan, StatePlan } from './machine-plan.ts';

/**
 * The same machine without what makes it fail or differ from run to run, so that it gets far and always gives the same.
 *
 * Nothing is caught, nothing times out, every task succeeds, and only expressions that give a value are left. A variable
 * that is set at the start comes out at the end.
 */
export function calm({ language, graph }: MachinePlan): MachinePlan {
  const { states } = calmGraph(graph);
  const middle = states.slice(0, -1);
  return { language, fields: {}, graph: { states: [remember, ...middle, recall[language]] } };
}

const remember: StatePlan = { hint: 'Remember', fields: { Type: 'Pass', Assign: { kept: [1, { a: 'x' }] } } };

const recall: Readonly<Record<QueryLanguage, StatePlan>> = {
  JSONata: { hint: 'Recall', fields: { Type: 'Pass', Output: '{% {"kept": $kept, "got": $states.input} %}' } },
  JSONPath: { hint: 'Recall', fields: { Type: 'Pass', Parameters: { 'kept.$': '$kept', 'got.$': '$' } } },
};

function calmGraph({ states }: GraphPlan): GraphPlan {
  return { states: states.map(calmState) };
}

function calmState({ hint, fields, choices, branches, processor }: StatePlan): StatePlan {
  return {
    hint,
    fields: calmFields(fields),
    ...(choices && { choices: choices.map(calmRule), hasDefault: true }),
    ...(branches && { branches: branches.map(calmGraph) }),
    ...(processor && { processor: { ...processor, graph: calmGraph(processor.graph) } }),
  };
}

function calmRule({ fields, to }: Exit): Exit {
  const condition: JsonObject =
    'Condition' in fields ? { Condition: to % 2 === 0 } : { Variable: '$', IsPresent: to % 2 === 0 };
  const { Condition: _, Variable: _variable, IsPresent: _isPresent, Or: _or, ...rest } = fields;
  return { fields: { ...withoutRisks(rest), ...condition }, to, isBackward: false };
}

/** What a state of a type does at least, whatever else is taken from it. */
function calmFields({ Type, QueryLanguage, ...fields }: JsonObject): JsonObject {
  const kept = {
    Type: Type === 'Fail' ? 'Succeed' : (Type ?? null),
    ...(QueryLanguage !== undefined && { QueryLanguage }),
  };
  if (Type === 'Fail') return kept;
  const rest = withoutRisks(fields);
  if (Type === 'Wait')
    return { ...without(rest, ['Seconds', 'SecondsPath', 'Timestamp', 'TimestampPath']), ...kept, Seconds: 3 };
  if (Type === 'Map' && 'ItemsPath' in fields) return { ...rest, ...kept, ItemsPath: '$$.Execution.Input.items' };
  if (Type === 'Map') return { ...rest, ...kept, Items: '{% [1..4] %}' };
  if (Type === 'Task')
    return { ...without(rest, ['Resource']), ...kept, Resource: calmResource(fields.Resource ?? null) };
  return { ...rest, ...kept };
}

function calmResource(resource: Json): string {
  const name = String(resource).endsWith(':slow') ? 'slow' : 'echo';
  return `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
}

/** Fields whose absence is never missed, and texts in any field that may fail or change. */
const riskyNames = [
  'TimeoutSeconds',
  'HeartbeatSeconds',
  'HeartbeatSecondsPath',
  'ResultPath',
  'InputPath',
  'OutputPath',
];
const riskyText =
  /missing|Map\.Item|\$error|\$x|1 \/ 0|function\(\$v\) \{ \$v \}|\$deeper|\$now|\$states\.context %|"\$\$"|"\$\.|EnteredTime|JsonMerge|'\['/;

function withoutRisks(fields: JsonObject): JsonObject {
  const entries = Object.entries<Json>(without(fields, riskyNames));
  return Object.fromEntries(entries.filter(([, value]) => !riskyText.test(JSON.stringify(value))));
}

function without(fields: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries<Json>(fields).filter(([name]) => !names.includes(name)));
}
