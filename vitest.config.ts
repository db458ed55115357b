import { configDefaults, defineConfig } from 'vitest/config';

// CI counts the tests in a report; `npm cit` passes no options on to the tests.
const report = process.env.TEST_REPORT;
const reporting = report === undefined ? {} : { reporters: ['default', 'json'], outputFile: { json: report } };

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, 'test/interop/**', 'test/cluster/**', 'test/page/**'],
    globalSetup: ['test/support/search-for-secrets.ts', 'test/support/build-cli.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // On two cores the default is one of them.
    maxWorkers: '100%',
    ...reporting,
  },
});
