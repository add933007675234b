/** The nonce of this response, which Ant Design's styles must bear; the browser hides the attribute and keeps the property. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}
