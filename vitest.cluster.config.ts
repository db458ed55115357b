import { configDefaults, defineConfig } from 'vitest/config';
import ordinary from './vitest.config.ts';

/** Against a real cluster, which is built for it; the ordinary tests need nothing of it. */
export default defineConfig({
  test: {
    ...ordinary.test,
    include: ['test/cluster/**/*.test.ts'],
    exclude: configDefaults.exclude,
    // Two clusters at once are more than a small machine carries.
    fileParallelism: false,
    globalSetup: ['test/support/search-for-secrets.ts', 'test/support/build-cli.ts', 'test/cluster/install-cluster.ts'],
    testTimeout: 600_000,
    hookTimeout: 300_000,
  },
});
