/** One way of running a program, to be killed at any moment of it. */
export interface Scenario {
  readonly name: string;
  /** How long it takes undisturbed, from the moment that {@link countsFrom} tells, in milliseconds. */
  readonly durationMs: number;
  /** Kills are timed from the start of the process, or from the first thing it prints. */
  readonly countsFrom: 'start' | 'first output';
  /** File and arguments of the program. */
  readonly command: readonly string[];
  /** Makes the folder in which the program is run; it is removed afterwards. */
  prepare(folder: string): Promise<void>;
  /** What is wrong with the folder, after a run in it was killed. */
  complaintsAbout(folder: string): Promise<string[]>;
}

/** Something that can be killed: its scenarios, made in a folder that lives as long as they are used. */
export type Subject = (root: string) => Promise<Scenario[]>;
