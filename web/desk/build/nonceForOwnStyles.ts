import type { Plugin } from 'vite';

const BEARS_NONCE = 'if (csp?.nonce) {\n    styleNode.nonce = csp?.nonce;\n  }';
const BEARS_ALWAYS = "styleNode.nonce = csp?.nonce ?? document.querySelector('meta[property=\"csp-nonce\"]')?.nonce ?? '';";

/** Ant Design hands the nonce to its components' styles, but not to the two that lock and measure scrolling; these take it from the page. */
export function nonceForOwnStyles(): Plugin {
  return {
    name: 'nonce-for-own-styles',
    transform(code, id) {
      if (!/@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/.test(id.split('?')[0] ?? '')) return null;
      if (!code.includes(BEARS_NONCE)) this.error('dynamicCSS.js looks different: see whether its styles bear the nonce now');
      return { code: code.replace(BEARS_NONCE, BEARS_ALWAYS), map: null };
    },
  };
}
