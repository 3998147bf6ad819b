import MarkdownIt from 'markdown-it';
import { useMemo } from 'react';
import { InertHtml } from '../../../ui/inert-html.tsx';

/** HTML that a script wrote, as a picture of itself: its text, tables, styles and embedded pictures, and nothing that acts. */
export function HtmlView({ html }: { html: string }) {
  const scripts = useMemo(() => /<script\b/i.test(html), [html]);
  return (
    <>
      <div className="artifact-note">
        <span className="t2 small">
          Shown without scripts, forms, links and anything from elsewhere.
          {scripts && ' This page has scripts, so parts of it may be missing here.'}
        </span>
      </div>
      <InertHtml html={html} label="HTML page" paper />
    </>
  );
}

/** HTML inside Markdown stays text. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });

export function MarkdownView({ text }: { text: string }) {
  const html = useMemo(() => markdown.render(text), [text]);
  return <InertHtml html={html} label="Markdown" />;
}
