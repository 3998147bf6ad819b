import purify, { type Config } from 'dompurify';
import { inertSheet, keepInertRules } from './inert-css.ts';

const config: Config = {
  USE_PROFILES: { html: true, svg: true },
  RETURN_DOM_FRAGMENT: true,
  WHOLE_DOCUMENT: false,
  FORBID_TAGS: [
    'style',
    'form',
    'button',
    'select',
    'textarea',
    'audio',
    'video',
    'source',
    'track',
    'picture',
    'map',
    'area',
    'dialog',
    'feImage',
    'image',
    'use',
  ],
  FORBID_ATTR: [
    'srcset',
    'background',
    'poster',
    'ping',
    'action',
    'formaction',
    'cite',
    'longdesc',
    'lowsrc',
    'usemap',
    'target',
    'download',
    'autofocus',
    'tabindex',
    'accesskey',
    'popover',
    'popovertarget',
    'contenteditable',
    'slot',
    'part',
    'is',
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: true,
};

/** Pictures that came inside the file. SVG among them would be drawn as an image, which runs and loads nothing. */
const embedded = /^data:image\/(png|jpeg|gif|webp|bmp|svg\+xml)[;,]/i;
const presentation = [
  'fill',
  'stroke',
  'filter',
  'mask',
  'clip-path',
  'marker-start',
  'marker-mid',
  'marker-end',
  'cursor',
];

let prepared = false;

/** What DOMPurify leaves to be decided: addresses, inputs, and styles written on an element. */
function prepare(): void {
  if (prepared) return;
  prepared = true;
  purify.addHook('uponSanitizeAttribute', (element, data) => {
    const { attrName: name, attrValue: value } = data;
    if (name === 'src') data.keepAttr = element.nodeName === 'IMG' && embedded.test(value);
    else if (name === 'href' || name === 'xlink:href') data.keepAttr = false;
    else if (name === 'data-was-style') {
      styles.set(element, value);
      data.keepAttr = false;
    } else if (presentation.includes(name) && /url\s*\(\s*['"]?(?!#)|\\/i.test(value)) data.keepAttr = false;
  });
  purify.addHook('uponSanitizeElement', (element) => {
    if (!(element instanceof Element) && (element as Node).nodeType !== Node.ELEMENT_NODE) return;
    const input = element as HTMLInputElement;
    // A tick box opens and closes parts of a page by its style alone; other fields have no use here.
    if (input.nodeName === 'INPUT' && !['checkbox', 'radio'].includes(input.type)) input.remove();
  });
}

const styles = new Map<Element, string>();

/**
 * The parser asks the window's policy about inline styles, handlers and `<base>` before anything can be taken out, and each
 * refusal would be reported. So they are named otherwise first. This is for silence only: what acts is taken out by DOMPurify.
 */
const quiet = (html: string): string =>
  html
    .replaceAll(/<style\b[^>]*>[\s\S]*?(?:<\/style\s*>|$)/gi, '')
    .replaceAll(/<(\/?)base\b/gi, '<$1was-base')
    .replaceAll(/<[a-z][^>]*>/gi, (tag) => tag.replaceAll(/([\s"'/])(style|on[a-z]+)(?=\s*=)/gi, '$1data-was-$2'));

/** HTML as elements that only show, and the style sheets that came with it; see `InertHtml`. */
export function inertPage(html: string, withItsStyles: boolean): { page: HTMLElement; sheets: CSSStyleSheet[] } {
  prepare();
  styles.clear();
  const fragment = purify.sanitize(quiet(html), config) as unknown as DocumentFragment;
  const page = document.createElement('div');
  page.className = 'page';
  page.append(document.adoptNode(fragment));
  if (withItsStyles) {
    for (const [element, text] of styles) {
      const { style } = element as HTMLElement;
      if (style === undefined) continue;
      style.cssText = text;
      keepInertRules(style);
    }
  }
  styles.clear();
  const own = withItsStyles
    ? [...html.matchAll(/<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi)].map((match) => match[1]!)
    : [];
  return { page, sheets: [inertSheet(withItsStyles ? paperRules : proseRules), ...own.map(inertSheet)] };
}

const paperRules = `
.page { padding: 16px 20px; font: 14px/1.45 Inter Variable, system-ui, sans-serif; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; }
`;

const proseRules = `
.page { max-width: 720px; padding: 12px 16px 24px; font: var(--weight-regular) var(--text-13) / var(--lead-13) var(--font-ui); color: var(--text); overflow-wrap: anywhere; }
h1 { font-size: var(--text-20); line-height: var(--lead-20); margin: 0 0 8px; }
h2 { font-size: var(--text-15); line-height: var(--lead-15); margin: 20px 0 6px; }
h3, h4, h5, h6 { font-size: var(--text-13); line-height: var(--lead-13); margin: 16px 0 4px; }
h1, h2, h3, h4, h5, h6, strong, th { font-weight: var(--weight-strong); }
p, ul, ol, blockquote, pre, table { margin: 0 0 10px; }
ul, ol { padding-left: 20px; }
blockquote { margin-left: 0; padding-left: 12px; border-left: 2px solid var(--border-strong); color: var(--text-2); }
code, pre { font: 400 var(--text-12) / 18px var(--font-mono); font-variant-ligatures: none; }
code { background: var(--surface-sunken); border-radius: var(--radius-s); padding: 1px 4px; }
pre { background: var(--surface-sunken); border-radius: var(--radius-s); padding: 8px 10px; overflow-x: auto; }
pre code { background: none; padding: 0; }
table { border-collapse: collapse; }
th, td { text-align: left; padding: 4px 12px 4px 0; border-bottom: 1px solid var(--border); font-feature-settings: var(--figures); }
hr { border: 0; border-top: 1px solid var(--border); margin: 16px 0; }
img { max-width: 100%; }
a { color: inherit; text-decoration: underline; text-decoration-color: var(--border-control); }
`;
