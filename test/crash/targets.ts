/** A program that publishes artifacts into `.flow/store` of its folder, as it is started for older and newer data. */
export interface Target {
  readonly old: readonly string[];
  readonly new: readonly string[];
}

/** What can be killed; each is one command. */
export const targets: Readonly<Record<string, Target>> = {
  'build-verra': {
    old: ['bin/flow.ts', 'run', 'build-verra', '--json', '--input', '{"toMonth":"2025-06"}'],
    new: ['bin/flow.ts', 'run', 'build-verra', '--json'],
  },
  // nothing but publishing: far more of its moments lie inside the protocol
  'publish-loop': {
    old: ['test/crash/publish-loop.ts', '1'],
    new: ['test/crash/publish-loop.ts', '2'],
  },
};
