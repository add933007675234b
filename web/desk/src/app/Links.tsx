import { NavLink } from 'react-router';

import { texts } from '../texts';
import { GROUPS, type PageEntry } from './pages';

/** The pages somebody may open, by group; a group of one page needs no heading. */
export function Links({ pages }: { pages: readonly PageEntry[] }) {
  return (
    <div className="links">
      {GROUPS.map((group) => (
        <Group key={group} name={texts.shell.groups[group]} pages={pages.filter((page) => page.group === group)} />
      ))}
    </div>
  );
}

function Group({ name, pages }: { name: string; pages: readonly PageEntry[] }) {
  if (pages.length === 0) return null;
  return (
    <>
      {pages.length > 1 && <p className="links-head">{name}</p>}
      <ul className="links-group" aria-label={name}>
        {pages.map((page) => (
          <li key={page.path}>
            <NavLink to={page.path} className="link">
              {page.icon}
              <span>{page.name}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  );
}
