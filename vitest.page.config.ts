import { configDefaults, defineConfig } from 'vitest/config';
import ordinary from './vitest.config.ts';

/** In a real browser; the ordinary tests need none. */
export default defineConfig({
  test: {
    ...ordinary.test,
    include: ['test/page/**/*.test.ts'],
    exclude: configDefaults.exclude,
    globalSetup: ['test/support/search-for-secrets.ts', 'test/support/build-cli.ts', 'test/page/support/make-reports.ts'],
  },
});
