/*
 * What the service refuses in names of state machines, executions and activities: white space, control characters,
 * halves of surrogate pairs and `<>{}[]?*"#%\\^|~`$&,;:/`.
 */
const refused = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;

/**
 * Whether the service takes this as the name of a state machine, an execution or an activity.
 *
 * `.` and `..` are refused here although the service takes them: a name is also the name of a folder.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function isName(text: string): boolean {
  return text.length >= 1 && text.length <= 80 && text !== '.' && text !== '..' && !refused.test(text);
}
