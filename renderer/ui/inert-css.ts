/**
 * Rules of a page from outside, as a constructed sheet: `@import` does nothing in one, and every declaration that could ask for
 * something is taken out before it is used. What names the page itself is turned to the element that stands for it.
 */
export function inertSheet(text: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  clean(sheet);
  return sheet;
}

function clean(group: CSSStyleSheet | CSSGroupingRule | CSSStyleRule): void {
  for (let at = group.cssRules.length - 1; at >= 0; at--) {
    const rule = group.cssRules[at]!;
    if (rule instanceof CSSStyleRule) {
      rule.selectorText = rule.selectorText.replace(/(^|[\s,>+~(])(?:html|body|:root)(?![\w-])/g, '$1.page');
      keepInertRules(rule.style);
      clean(rule);
    } else if (rule instanceof CSSMediaRule || rule instanceof CSSSupportsRule) clean(rule);
    else group.deleteRule(at);
  }
}

/** Takes out each declaration that names an address other than an embedded picture. */
export function keepInertRules(style: CSSStyleDeclaration): void {
  for (const name of [...style]) if (!isInert(style.getPropertyValue(name))) style.removeProperty(name);
  // A shorthand with a variable in it has no value under its parts' names.
  if (!isInert(style.cssText)) style.cssText = '';
}

const asks = /(?:url|image|image-set|-webkit-image-set|cross-fade|src|element|paint|attr)\s*\(/i;

/** A backslash could spell any of those words. */
function isInert(value: string): boolean {
  const withoutEmbedded = value.replace(
    /url\(\s*(["']?)(?:data:image\/(?:png|jpeg|gif|webp)[;,][^"')]*|#[\w-]*)\1\s*\)/gi,
    '',
  );
  return !withoutEmbedded.includes('\\') && !asks.test(withoutEmbedded);
}
