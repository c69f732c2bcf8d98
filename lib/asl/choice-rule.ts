import { StatesError, UsageError } from '../errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { type ComparisonName, comparisons } from './choice-comparisons.ts';
import { compileJsonPath } from './json-path.ts';
import type { Roots } from './roots.ts';

/** Whether a choice rule applies to what the state sees. */
export type Condition = (roots: Roots) => boolean;

/**
 * Compiles one rule of a JSONPath Choice state: `And`, `Or`, `Not`, or a `Variable` with one comparison.
 *
 * A value of another type than the comparison asks for does not match; a `Variable` (or the path of a `…Path`
 * comparison) that leads nowhere is an error unless the comparison is `IsPresent`.
 *
 * @throws {UsageError} the rule holds none of these, or a comparison nobody knows
 */
export function compileChoiceRule(rule: JsonObject): Condition {
  if (rule.And !== undefined) {
    const parts = compileRules('And', rule.And);
    return (roots) => parts.every((part) => part(roots));
  }
  if (rule.Or !== undefined) {
    const parts = compileRules('Or', rule.Or);
    return (roots) => parts.some((part) => part(roots));
  }
  if (rule.Not !== undefined) {
    const [part] = compileRules('Not', [rule.Not]);
    return (roots) => part?.(roots) === false;
  }
  return compileComparison(rule);
}

function compileRules(operator: string, rules: Json): Condition[] {
  if (!Array.isArray(rules) || rules.length === 0) {
    throw new UsageError(`'${operator}' of a choice rule must hold rules, not ${JSON.stringify(rules)}`);
  }
  return rules.map((rule: Json) => {
    if (isJsonObject(rule)) return compileChoiceRule(rule);
    throw new UsageError(`'${operator}' of a choice rule holds ${JSON.stringify(rule)}, which is no rule`);
  });
}

function compileComparison(rule: JsonObject): Condition {
  const [field, operand] = comparisonOf(rule);
  if (typeof rule.Variable !== 'string') {
    throw new UsageError(`a choice rule with '${field}' needs a 'Variable', a path such as '$.status'`);
  }
  const { Variable: text } = rule;
  const variable = compileJsonPath(text);
  if (field === 'IsPresent') return (roots) => (variable.find(roots) !== undefined) === operand;
  const read = reader(text);
  const { comparison, operandOf } = operandReader(field, operand);
  const compare = comparisons[comparison];
  return (roots) => compare(read(roots), operandOf(roots));
}

/** The one member of the rule that names a comparison, and what it compares with. */
function comparisonOf(rule: JsonObject): [string, Json] {
  const found = Object.entries(rule).find(([name]) => comparisonNamed(name) !== undefined || name === 'IsPresent');
  if (found) return found;
  throw new UsageError(`the choice rule ${JSON.stringify(rule)} has no comparison, such as 'StringEquals'`);
}

/** `NumericEqualsPath` is the comparison `NumericEquals` whose operand is read from a path. */
function comparisonNamed(field: string): ComparisonName | undefined {
  const name = field.endsWith('Path') ? field.slice(0, -'Path'.length) : field;
  // the check makes it one of the names
  return Object.hasOwn(comparisons, name) ? (name as ComparisonName) : undefined;
}

function operandReader(
  field: string,
  operand: Json,
): { comparison: ComparisonName; operandOf: (roots: Roots) => Json } {
  const comparison = comparisonNamed(field);
  if (comparison === undefined) throw new UsageError(`a choice rule cannot compare with '${field}'`);
  if (field === comparison) return { comparison, operandOf: () => operand };
  if (typeof operand !== 'string') {
    throw new UsageError(`'${field}' of a choice rule must be a path, not ${JSON.stringify(operand)}`);
  }
  return { comparison, operandOf: reader(operand) };
}

function reader(text: string): (roots: Roots) => Json {
  const path = compileJsonPath(text);
  return (roots) => {
    const value = path.find(roots);
    if (value !== undefined) return value;
    throw new StatesError(
      'States.Runtime',
      `Invalid path '${text}': The choice state's condition path references an invalid value.`,
    );
  };
}
