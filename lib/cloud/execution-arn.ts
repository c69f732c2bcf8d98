/** The ARN of a state machine's execution of that name. */
export function executionArnOf(stateMachineArn: string, executionName: string): string {
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${executionName}`;
}

/** The last part of `arn:aws:states:<region>:<account>:execution:<state machine>:<name>`. */
export function executionNameIn(executionArn: string): string {
  return executionArn.slice(executionArn.lastIndexOf(':') + 1);
}
