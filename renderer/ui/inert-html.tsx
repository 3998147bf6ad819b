import './inert-html.css';
import { useEffect, useRef } from 'react';
import { inertPage } from './inert-page.ts';

type Props = {
  html: string;
  label: string;
  /** On white paper with the page's own styles; otherwise in the window's type and colours. */
  paper?: boolean;
};

/**
 * HTML from outside, drawn in a tree of its own. Nothing in it acts: no script, no handler, no form, no link, no request; its
 * styles cannot reach the window, and it cannot draw beyond its place.
 */
export function InertHtml({ html, label, paper = false }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    const { page, sheets } = inertPage(html, paper);
    root.replaceChildren(page);
    root.adoptedStyleSheets = [...sheets];
  }, [html, paper]);
  return (
    <div
      className={paper ? 'inert-html paper' : 'inert-html'}
      ref={place}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long, so it must scroll by keyboard
      tabIndex={0}
      role="document"
      aria-label={label}
    />
  );
}
