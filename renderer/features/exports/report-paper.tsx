import { useEffect, useRef } from 'react';

/** The safe HTML parser of the browser: it never yields a script or a handler, whatever the text holds. */
type SafeRoot = ShadowRoot & { setHTML(html: string, options: { sanitizer: { removeElements: string[] } }): void };

/**
 * The draft's own HTML, shown as a browser would show it, in a tree of its own so that the report's style and the window's
 * do not meet. The text is the exact bytes to be written; nothing in it can run or load.
 */
export function ReportPaper({ html, marks }: { html: string; marks: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const host = place.current;
    if (!host) return;
    const root = (host.shadowRoot ?? host.attachShadow({ mode: 'open' })) as SafeRoot;
    root.setHTML(html, {
      sanitizer: {
        removeElements: ['script', 'style', 'meta', 'title', 'link', 'base', 'iframe', 'object', 'embed', 'form'],
      },
    });
    withoutMain(root);
    root.adoptedStyleSheets = [sheetOf(styleOf(html)), sheetOf(onThisDesk), ...(marks ? [sheetOf(markRules)] : [])];
  }, [html, marks]);
  return (
    <div
      className="paper"
      ref={place}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: long, so it must scroll by keyboard
      tabIndex={0}
      role="document"
      aria-label="The report as it will be written"
    />
  );
}

/** As a page of its own the report has a main part; in the window there is one already, and a page may have no other. */
function withoutMain(root: ShadowRoot): void {
  const main = root.querySelector('main');
  if (!main) return;
  const page = document.createElement('div');
  page.className = 'page';
  page.append(...main.childNodes);
  main.replaceWith(page);
}

/** The page's own frame is the paper here. */
const onThisDesk = '.page{margin:0 auto;border:0;padding:26px 28px 32px}';

/** Each changed number underlined, with the rule that changed it; what was refused stands out in the report itself. */
const markRules = [
  '.chg{border-bottom:1.5px dotted #7c5200}',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((rule) => `.chg.s${rule}::after{content:"S${rule}"}`),
  '.chg::after{font-size:10px;font-weight:500;line-height:0;vertical-align:4px;margin-left:2px;color:#7c5200}',
].join('');

function sheetOf(rules: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  return sheet;
}

/** The report's own rules, with what names the page itself turned to the place that stands for the page here. */
export function styleOf(html: string): string {
  const rules = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? '';
  return rules
    .replaceAll(/(^|[\s,}])(?:html|body|:root)(?=[\s,{])/g, '$1:host')
    .replaceAll(/(^|[\s,}{])main(?=[\s,{])/g, '$1.page');
}
