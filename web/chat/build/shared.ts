import { fileURLToPath } from 'node:url';
import type { Plugin, UserConfig } from 'vite';

/** ChatUI's style sheet names web fonts on a foreign host; the page asks no third party for anything. */
export function withoutWebFonts(): Plugin {
  return {
    name: 'without-web-fonts',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('@chatui/core') || !id.split('?')[0]?.endsWith('.css')) return null;
      return { code: code.replace(/@font-face\s*\{[^}]*\}/g, ''), map: null };
    },
  };
}

const compat = fileURLToPath(new URL('../node_modules/preact/compat', import.meta.url));

export const shared: UserConfig = {
  resolve: {
    // ChatUI's `browser` build breaks its default import; its ES modules do not.
    mainFields: ['module', 'main'],
    alias: [
      { find: /^react(-dom)?$/, replacement: compat },
      { find: 'react/jsx-runtime', replacement: 'preact/jsx-runtime' },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

export const target = ['chrome87', 'safari14', 'firefox90'];
export const cssTarget = 'chrome87';
