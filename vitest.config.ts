import { defineConfig } from 'vitest/config';

/** Whole flows over much data: `npm run test:long`, so that `npm test` stays a matter of seconds. */
const long = 'test/**/*.long.test.ts';

export default defineConfig(({ mode }) => ({
  test: {
    include: mode === 'long' ? [long] : ['test/**/*.test.ts'],
    exclude: ['test/deployed/**', 'test/bench/**', 'test/crash/**', ...(mode === 'long' ? [] : [long])],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 20_000,
    // tests share nothing but what they import: a process per file would only cost time
    isolate: false,
    // every core: the default leaves one to an editor
    maxWorkers: '100%',
    env: { CDK_VALIDATION: 'false', POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
  },
}));
