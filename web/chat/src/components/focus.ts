/** Where the focus is and may go, inside a shadow root as well as on a page. */
const FOCUSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), [tabindex="0"]';

/** The element that has the focus, however deep. */
export function focused(): HTMLElement | null {
  let here = document.activeElement;
  while (here?.shadowRoot?.activeElement) here = here.shadowRoot.activeElement;
  return here instanceof HTMLElement ? here : null;
}

/** What hears of a key that is pressed anywhere around an element: the document, or the shadow root that the element is in. */
export function surroundings(element: Element | null): Document | ShadowRoot {
  const root = element?.getRootNode();
  return root instanceof ShadowRoot ? root : document;
}

/** Tab goes round inside `box` and not out of it. */
export function keepInside(event: KeyboardEvent, box: HTMLElement): void {
  const stops = [...box.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.offsetParent !== null && element.tabIndex >= 0 && element.closest('[inert]') === null,
  );
  const first = stops[0];
  const last = stops[stops.length - 1];
  if (first === undefined || last === undefined) return;
  const here = focused();
  if (event.shiftKey && (here === first || here === box || !box.contains(here))) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && (here === last || !box.contains(here))) {
    event.preventDefault();
    first.focus();
  }
}
