import { defineConfig } from 'vitest/config';

import { nonceForOwnStyles } from './build/nonceForOwnStyles.ts';

export default defineConfig({
  base: '/desk/',
  plugins: [nonceForOwnStyles()],
  server: { proxy: { '/api': process.env['ZHIWEN_API'] ?? 'http://127.0.0.1:8000' } },
  build: {
    target: ['chrome100', 'safari15.4', 'firefox100'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    chunkSizeWarningLimit: 600,
    rolldownOptions: {
      // Ant Design marks its modules for React's server components, which there are none of here.
      onLog: (level, log, report) => log.code === 'MODULE_LEVEL_DIRECTIVE' || report(level, log),
    },
  },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.{ts,tsx}'] },
});
