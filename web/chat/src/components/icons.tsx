/** The page's few pictures, drawn here so that nothing is fetched. */

export function ThumbIcon({ down = false }: { down?: boolean }) {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" focusable="false" class={down ? 'flip' : ''}>
      <path
        fill="none"
        stroke="currentColor"
        stroke-width="1.7"
        stroke-linejoin="round"
        d="M7 10.5v9H4v-9h3Zm0 0 4.2-7c1.3 0 2.3 1 2.3 2.3V9h4.9c1.2 0 2.1 1.1 1.9 2.3l-1.2 6.6c-.2 1-1 1.6-1.9 1.6H7"
      />
    </svg>
  );
}

export function FailedIcon() {
  return (
    <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true" focusable="false">
      <circle cx="10" cy="10" r="9" fill="currentColor" />
      <path d="M10 5v6.2M10 13.4v1.8" stroke="#fff" stroke-width="2" stroke-linecap="round" />
    </svg>
  );
}
