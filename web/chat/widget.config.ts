import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';
import { forShadowRoot } from './build/shadow.ts';
import { cssTarget, shared, target } from './build/shared.ts';
import { traditional } from './build/traditional.ts';

/**
 * The widget, in three builds (`--mode`): `hans` and `hant` are the conversation in simplified and traditional script, one module each;
 * `loader` is widget.js, which knows their names. Run in this order, before the page.
 */
const DIST = fileURLToPath(new URL('./dist/', import.meta.url));

export default defineConfig(({ mode }) => {
  if (mode === 'hans') rmSync(DIST, { recursive: true, force: true });
  const loader = mode === 'loader';
  return {
    ...shared,
    plugins: [traditional(mode === 'hant'), linkedSheet(mode !== 'hans')],
    publicDir: false,
    define: loader ? { __CHAT_HANS__: JSON.stringify(built('hans')), __CHAT_HANT__: JSON.stringify(built('hant')) } : {},
    css: { postcss: { plugins: [forShadowRoot()] } },
    build: {
      target,
      cssTarget,
      emptyOutDir: false,
      modulePreload: false,
      rollupOptions: {
        input: loader ? 'src/widget/loader.ts' : 'src/widget/chat.tsx',
        preserveEntrySignatures: 'strict',
        output: loader
          ? { format: 'iife', entryFileNames: 'widget.js' }
          : { format: 'es', entryFileNames: `widget/${mode}-[hash].js`, codeSplitting: false },
      },
    },
  };
});

/** The file that a build before this one made. */
function built(script: string): string {
  const folder = `${DIST}widget`;
  const found = existsSync(folder) ? readdirSync(folder).find((name) => name.startsWith(`${script}-`)) : undefined;
  if (found === undefined) throw new Error(`build --mode ${script} first`);
  return found;
}

/** All styles as one file besides, for browsers that cannot construct a sheet. */
function linkedSheet(add: boolean): Plugin {
  return {
    name: 'linked-sheet',
    enforce: 'post',
    transform(code, id) {
      const found = /^export default (".*")\s*;?\s*$/s.exec(code);
      if (!id.endsWith('.css?inline') || found?.[1] === undefined) return null;
      const file = `${DIST}widget.css`;
      const css = JSON.parse(found[1]) as string;
      const before = add && existsSync(file) ? readFileSync(file, 'utf-8') : '';
      mkdirSync(dirname(file), { recursive: true });
      if (!before.includes(css)) writeFileSync(file, `${css}\n${before}`);
      return null;
    },
  };
}
