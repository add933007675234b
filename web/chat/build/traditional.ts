import { readFileSync } from 'node:fs';
import { Converter } from 'opencc-js/cn2t';
import type { Plugin } from 'vite';

const OWN_WORDS = /\/src\/(?:texts|components|widget)\//;
const MARK = '?hant';

/**
 * The interface's own words in traditional script: the same sources, read through OpenCC. `all` converts every one of them; otherwise
 * only what is imported with `?hant`. What the server says stays as it comes.
 */
export function traditional(all: boolean): Plugin {
  const convert = Converter({ from: 'cn', to: 'tw' });
  return {
    name: 'traditional',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!source.endsWith(MARK)) return null;
      const found = await this.resolve(source.slice(0, -MARK.length), importer);
      return found === null ? null : found.id + MARK;
    },
    load(id) {
      return id.endsWith(MARK) ? { code: convert(readFileSync(id.slice(0, -MARK.length), 'utf-8')), moduleType: 'ts' } : null;
    },
    transform(code, id) {
      return all && OWN_WORDS.test(id) && /\.tsx?$/.test(id) ? { code: convert(code), map: null } : null;
    },
  };
}
