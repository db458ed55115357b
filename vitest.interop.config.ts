import { configDefaults, defineConfig } from 'vitest/config';
import ordinary from './vitest.config.ts';

/** Against programs that are built for it; the ordinary tests need none of them. */
export default defineConfig({
  test: {
    ...ordinary.test,
    include: ['test/interop/**/*.test.ts'],
    exclude: configDefaults.exclude,
    // What two of them need is built once.
    fileParallelism: false,
    globalSetup: ['test/support/search-for-secrets.ts', 'test/support/build-cli.ts', 'test/interop/install-kubeseal.ts'],
  },
});
