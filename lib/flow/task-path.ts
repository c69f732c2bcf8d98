import { UsageError } from '../errors.ts';

/** What a `${…Arn}` in an ASL file stands for. */
export type Reference =
  | { readonly kind: 'task'; readonly taskName: string }
  | { readonly kind: 'flow'; readonly flowName: string }
  | { readonly kind: 'event-bus' };

/**
 * Reads the name between `${` and `}` of an ASL file: the one naming rule of the project.
 *
 * `FetchPricesArn` is the task `FetchPrices`, `AssetPricesFlowArn` the flow `asset-prices`, `EventBusArn` the bus.
 *
 * @throws {UsageError} the name follows none of these
 */
export function readReference(name: string): Reference {
  if (name === 'EventBusArn') return { kind: 'event-bus' };
  const stem = /^([A-Z][A-Za-z0-9]*)Arn$/.exec(name)?.[1];
  if (!stem) {
    throw new UsageError(`\${${name}} is not a reference; write \${<Task>Arn}, \${<Flow>FlowArn} or \${EventBusArn}`);
  }
  if (stem.endsWith('Flow')) return { kind: 'flow', flowName: kebabCase(stem.slice(0, -'Flow'.length)) };
  return { kind: 'task', taskName: stem };
}

/** Every distinct name written as `${name}` in an ASL file's text, in order of appearance. */
export function referencesIn(aslText: string): string[] {
  return [...new Set([...aslText.matchAll(/\$\{([^}]*)\}/g)].map((match) => match[1] ?? ''))];
}

/** The ASL text with each `${name}` replaced by what `arnOf` answers, safe inside a JSON string. */
export function substituteReferences(aslText: string, arnOf: (reference: Reference) => string): string {
  return aslText.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) =>
    JSON.stringify(arnOf(readReference(name))).slice(1, -1),
  );
}

/** Path of a flow's state machine below the project's root. */
export function aslPath(flow: { group: string; name: string }): string {
  return `state-machines/${flow.group}/${flow.name}.asl.json`;
}

/** Path of a task's code below the project's root, and the name under which the file exports it. */
export function taskPath(
  flow: { group: string; name: string },
  taskName: string,
): { file: string; exportName: string } {
  return {
    file: `functions/${flow.group}/${flow.name}/${kebabCase(taskName)}.ts`,
    exportName: taskName.charAt(0).toLowerCase() + taskName.slice(1),
  };
}

/** `FetchPrices` → `fetch-prices`; digits stay with the word before them. */
export function kebabCase(pascalCaseName: string): string {
  return pascalCaseName.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, '-').toLowerCase();
}
