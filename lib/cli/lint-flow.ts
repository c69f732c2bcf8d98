import { lint } from '../asl/lint.ts';
import type { FlowDefinition, FlowProblem } from '../flow/check-flow.ts';
import { aslPath } from '../flow/task-path.ts';

/** What is wrong with a flow's state machine by the language's own rules, said where it can be mended. */
export function lintFlow({ flow, aslText }: FlowDefinition): FlowProblem[] {
  return lint(aslText).map(({ severity, message, location }) => ({
    severity: severity === 'ERROR' ? 'error' : 'warning',
    flowName: flow.name,
    file: aslPath(flow),
    ...stateAt(location),
    message: oneLine(location?.startsWith('/') ? `${message} (at ${location})` : message),
  }));
}

/** The service breaks the line before a position in the text. */
function oneLine(message: string): string {
  return message.replaceAll(/\s*\n\s*/g, ' ');
}

/** The innermost state of a location such as `/States/Each/ItemProcessor/States/Fetch/Retry[0]`. */
function stateAt(location: string | undefined): { state?: string } {
  const state = [...(location ?? '').matchAll(/\/States\/([^/]+)/g)].at(-1)?.[1];
  return state === undefined ? {} : { state };
}
