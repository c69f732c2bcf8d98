/** One child execution of a Map Run. */
export interface ChildPlace {
  readonly mapRunArn: string;
  /** Position of the child among all, from 0. */
  readonly index: number;
}

/** ARN of a child: `arn:…:execution:<state machine>/<label>:<id of the Map Run>-<index>`. */
export function childArn({ mapRunArn, index }: ChildPlace): string {
  return `${mapRunArn.replace(':mapRun:', ':execution:')}-${index}`;
}

/** Name of a child: the last part of its ARN. */
export function childName({ mapRunArn, index }: ChildPlace): string {
  return `${mapRunArn.slice(mapRunArn.lastIndexOf(':') + 1)}-${index}`;
}

/** Whose child an execution is, by its ARN; undefined when it is nobody's. */
export function readChildArn(executionArn: string): ChildPlace | undefined {
  const [, account, run, index] = /^(arn:.+):execution:(.+\/.+)-(\d+)$/.exec(executionArn) ?? [];
  return index === undefined ? undefined : { mapRunArn: `${account}:mapRun:${run}`, index: Number(index) };
}
