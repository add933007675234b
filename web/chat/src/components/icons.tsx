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

interface DrawnProps {
  children: preact.ComponentChildren;
  size?: number;
}

function Drawn({ children, size = 20 }: DrawnProps) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
      fill="none"
      stroke="currentColor"
      stroke-width="1.8"
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      {children}
    </svg>
  );
}

export function StarIcon({ full = false }: { full?: boolean }) {
  return (
    <Drawn>
      <path fill={full ? 'currentColor' : 'none'} d="m12 3.6 2.6 5.3 5.8.8-4.2 4.1 1 5.8-5.2-2.7-5.2 2.7 1-5.8-4.2-4.1 5.8-.8Z" />
    </Drawn>
  );
}

export function CalendarIcon() {
  return (
    <Drawn>
      <path d="M4 6.5h16v13H4zM4 10.5h16M8.5 4v4M15.5 4v4" />
    </Drawn>
  );
}

export function PictureIcon() {
  return (
    <Drawn size={24}>
      <path d="M4 5.5h16v13H4zM4.5 16l4.6-4.6 3.6 3.6 2.3-2.3 4.4 4.4" />
      <circle cx="15.5" cy="9.3" r="1.2" />
    </Drawn>
  );
}

export function CloseIcon() {
  return (
    <Drawn>
      <path d="m6 6 12 12M18 6 6 18" />
    </Drawn>
  );
}

export function ArrowIcon({ back = false }: { back?: boolean }) {
  return (
    <Drawn>
      <path d={back ? 'm14.5 6-6 6 6 6' : 'm9.5 6 6 6-6 6'} />
    </Drawn>
  );
}
