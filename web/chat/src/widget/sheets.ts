/**
 * Gives a shadow root its styles without an inline `<style>`, which a strict content policy forbids: as a constructed sheet, or, where
 * the browser knows none (before Chrome 73, Safari 16.4), as a sheet linked from our origin, which the page's policy must then allow.
 */
export function addStyles(root: ShadowRoot, css: string, fallback: string): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    return;
  }
  if (root.querySelector('link') !== null) return; // One file holds them all.
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = fallback;
  link.crossOrigin = 'anonymous';
  root.append(link);
}
