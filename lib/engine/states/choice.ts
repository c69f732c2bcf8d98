import { type Awaitable, andThen } from '../../asl/awaitable.ts';
import type { ChoiceState, Scope, StateExit } from '../../asl/types.ts';
import { StatesError } from '../../errors.ts';
import { type Frame, scopeOf } from '../frame.ts';
import { leave, type StateVisit, type Step } from '../visit.ts';

/** Goes on with the first rule that matches, or else with `Default`. */
export function runChoice(frame: Frame, visit: StateVisit<ChoiceState>): Awaitable<Step> {
  const { state, input } = visit;
  const scope = scopeOf(frame, visit.visit, input);
  return andThen(decide(state, scope, 0), ({ next, exit }) =>
    andThen(exit, (left) => {
      leave(frame, state, left, next);
      return { output: left.output, next };
    }),
  );
}

interface Decision {
  readonly next: string;
  readonly exit: Awaitable<StateExit>;
}

function decide(state: ChoiceState, scope: Scope, from: number): Awaitable<Decision> {
  for (let index = from; index < state.rules.length; index += 1) {
    const rule = state.rules[index];
    const matches = rule?.matches(scope);
    if (matches instanceof Promise) {
      return matches.then((isMatch) =>
        isMatch && rule ? decided(rule.next, rule.finish(scope)) : decide(state, scope, index + 1),
      );
    }
    if (rule && matches) return decided(rule.next, rule.finish(scope));
  }
  if (state.default !== undefined) return decided(state.default, state.finishDefault(scope));
  throw noChoiceMatched();
}

/** The service fails such a state with `States.Runtime`, whatever the language's specification says. */
export function noChoiceMatched(): StatesError {
  const cause = 'Failed to transition out of the state. The state does not point to a next state.';
  return new StatesError('States.Runtime', cause);
}

function decided(next: string, exit: Awaitable<StateExit>): Decision {
  return { next, exit };
}
