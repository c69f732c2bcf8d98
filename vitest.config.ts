import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/deployed/**', 'test/bench/**', 'test/crash/**'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 20_000,
    // tests share nothing but what they import: a process per file would only cost time
    isolate: false,
    env: { CDK_VALIDATION: 'false', POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
  },
});
