import { render } from 'preact';
import { afterEach, beforeEach } from 'vitest';

/** An element on the page for each test of the file, and nothing of it afterwards. */
export const rendered: { root: HTMLElement } = { root: document.createElement('div') };

export function renderedAnew(): void {
  beforeEach(() => {
    rendered.root = document.createElement('div');
    document.body.append(rendered.root);
  });

  afterEach(() => {
    render(null, rendered.root);
    rendered.root.remove();
  });
}
