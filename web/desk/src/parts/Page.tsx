import { type ReactNode, useRef } from 'react';

import './parts.css';
import { useReachableScroll } from './useReachableScroll';

/** A page with its name, a word on what it is for, and what can be done on it. */
export function Page({ title, hint, actions, children }: { title: string; hint?: string; actions?: ReactNode; children: ReactNode }) {
  const frame = useRef<HTMLDivElement>(null);
  useReachableScroll(frame);
  return (
    <div className="page" ref={frame}>
      <header className="page-head">
        <h1>{title}</h1>
        {actions && <div>{actions}</div>}
        {hint && <p>{hint}</p>}
      </header>
      {children}
    </div>
  );
}

/** A part of a page on paper of its own. */
export function Sheet({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <section className="sheet">
      {title && <h2>{title}</h2>}
      {children}
    </section>
  );
}
