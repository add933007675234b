/** What tells one conversation from another in one browser: the page's from a widget's, one school's widget from another's. */
export interface Place {
  college: string | null;
  /** Ends the names under which things are kept; empty for the page. */
  key: string;
}

/** The page: its address may name a college (?college=…). */
export function pagePlace(): Place {
  return { college: new URLSearchParams(window.location.search).get('college'), key: '' };
}

/** The name under which something of a place is kept in the browser's storage. */
export function keptAs(name: string, place: Pick<Place, 'key'>): string {
  return place.key === '' ? `zhiwen.${name}` : `zhiwen.${name}.${place.key}`;
}
