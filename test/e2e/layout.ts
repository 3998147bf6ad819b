import type { Page } from 'playwright';

/**
 * What is cut off in the window: the page itself when it scrolls sideways, and every piece of text with a digit in it that
 * does not fit its box. A name may end in an ellipsis; a number never.
 */
export const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > window.innerWidth) found.push('the page scrolls sideways');
    const isNumber = (text: string) => /^[\s\d.,%[\]–−+±]*\d[\s\d.,%[\]–−+±]*(ms|s|min|h|[kMG]?B)?$/.test(text.trim());
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const { overflowX } = getComputedStyle(element);
      const hides = overflowX === 'hidden' || overflowX === 'clip';
      if (!hides || element.scrollWidth <= element.clientWidth || element.clientWidth <= 1) continue;
      const text = element.textContent;
      if (isNumber(text)) found.push(`${element.className}: ${text}`);
    }
    return found;
  });
