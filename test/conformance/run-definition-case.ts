import { invalidDefinitionMessage } from '../../lib/asl/validate/diagnostic.ts';
import { validateDefinition } from '../../lib/asl/validate/validate-definition.ts';
import { variableReferences } from '../../lib/asl/variable-references.ts';
import type { Json } from '../../lib/json.ts';
import { type ConformanceCase, definitionText } from './case.ts';
import { difference } from './match.ts';

/** `CreateStateMachine` must refuse, with the recorded code and, where it was recorded, the recorded message. */
export function createProblems(recorded: ConformanceCase): string[] {
  const found = validateDefinition(definitionText(recorded), { type: recorded.type });
  const actual = {
    status: found.length > 0 ? 'REJECTED' : 'CREATED',
    code: 'InvalidDefinition',
    message: invalidDefinitionMessage(found),
    diagnostics: found.map(({ severity: _, ...diagnostic }) => diagnostic),
  };
  const compared = Object.entries(json(actual)).filter(([name]) => recorded.expected[name] !== undefined);
  return only(difference(recorded.expected, Object.fromEntries(compared)));
}

/** `ValidateStateMachineDefinition` answers with a result and diagnostics. */
export function validateProblems(recorded: ConformanceCase): string[] {
  const diagnostics = validateDefinition(definitionText(recorded), { type: recorded.type });
  const result = diagnostics.some(({ severity }) => severity === 'ERROR') ? 'FAIL' : 'OK';
  return only(difference(recorded.expected, json({ result, diagnostics })));
}

/** `DescribeStateMachine` lists the variables that each state refers to. */
export function variableProblems(recorded: ConformanceCase): string[] {
  const references = variableReferences(recorded.definition ?? {});
  return only(difference(recorded.expected, json({ variableReferences: references })));
}

function json(value: object): Record<string, Json> {
  return JSON.parse(JSON.stringify(value));
}

function only(problem: string | undefined): string[] {
  return problem === undefined ? [] : [problem];
}
