import type { AtRule, ChildNode, Declaration, Plugin, Rule } from 'postcss';

/** The page's style sheets for a shadow root: `:root` is the widget's outermost element, and sizes do not depend on the page around. */
const ROOT = '.zw-root';
/** The frame is as narrow as a phone on every screen, so the narrow arrangement always holds and the wide ones never do. */
const ALWAYS = /^\(max-width:\s*520px\)$/;
const NEVER = /^\(min-width:\s*(?:640|800)px\)$/;

export function forShadowRoot(): Plugin {
  return {
    postcssPlugin: 'for-shadow-root',
    OnceExit(sheet) {
      // ChatUI's sheet names web fonts on a foreign host.
      sheet.walkAtRules('font-face', (rule: AtRule) => {
        rule.remove();
      });
      sheet.walkAtRules('media', (rule: AtRule) => {
        if (NEVER.test(rule.params)) rule.remove();
        else if (ALWAYS.test(rule.params)) rule.replaceWith(...((rule.nodes ?? []) as ChildNode[]));
      });
      sheet.walkRules((rule: Rule) => {
        const selectors = rule.selectors.flatMap((selector) => inside(selector) ?? []);
        if (selectors.length === 0) rule.remove();
        else rule.selectors = selectors;
      });
      sheet.walkDecls((declaration: Declaration) => {
        declaration.value = declaration.value.replace(/(?<![\w.-])(-?[\d.]+)rem\b/g, 'calc(var(--rem, 16px) * $1)');
      });
    },
  };
}

/** A selector as it must be in a shadow root; null for what has no meaning there. */
function inside(selector: string): string | null {
  if (/^(?:html|#root)\b/.test(selector) || selector.startsWith(':root[data-color-scheme')) return null;
  return selector.replace(/^:root/, ROOT).replace(/^body\b/, ROOT);
}
