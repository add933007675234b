import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

/** ChatUI's style sheet names web fonts on a foreign host; the page asks no third party for anything. */
function withoutWebFonts(): Plugin {
  return {
    name: 'without-web-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@chatui/core') || !id.split('?')[0]?.endsWith('.css')) return null;
      return { code: code.replace(/@font-face\s*\{[^}]*\}/g, ''), map: null };
    },
  };
}

const compat = fileURLToPath(new URL('./node_modules/preact/compat', import.meta.url));

export default defineConfig({
  plugins: [withoutWebFonts()],
  resolve: {
    // ChatUI's `browser` build breaks its default import; its ES modules do not.
    mainFields: ['module', 'main'],
    alias: [
      { find: /^react(-dom)?$/, replacement: compat },
      { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  server: { proxy: { '/api': process.env['ZHIWEN_API'] ?? 'http://127.0.0.1:8000' } },
  build: { target: ['chrome87', 'safari14', 'firefox90'], cssTarget: 'chrome87', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: { environment: 'happy-dom', include: ['tests/**/*.test.{ts,tsx}'] },
});
