import { defineConfig } from 'vitest/config';
import { cssTarget, shared, target, withoutWebFonts } from './build/shared.ts';

export default defineConfig({
  ...shared,
  plugins: [withoutWebFonts()],
  server: { proxy: { '/api': process.env['ZHIWEN_API'] ?? 'http://127.0.0.1:8000' } },
  // The widget is built before the page, into the same folder.
  build: { target, cssTarget, assetsInlineLimit: 0, modulePreload: { polyfill: false }, emptyOutDir: false },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.{ts,tsx}'] },
});
