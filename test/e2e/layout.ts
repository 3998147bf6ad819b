import type { Page } from 'playwright';

/**
 * What does not fit into the window: anything that scrolls sideways but a log, every number that is wider than its box or drawn over
 * what stands beside it. A name may end in an ellipsis; a number never.
 */
export const misfits = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const named = (element: Element) =>
      `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} "${(element.textContent ?? '').slice(0, 40)}"`;
    const isNumber = (text: string) => /^[\s\d.,%[\]–−+±]*\d[\s\d.,%[\]–−+±]*(ms|s|min|h|[kMG]?B)?$/.test(text.trim());
    const isShown = (element: Element) => element.checkVisibility() && element.clientWidth > 1;

    for (const element of document.querySelectorAll('body, body *')) {
      if (!isShown(element) || element.scrollWidth <= element.clientWidth + 1) continue;
      const { overflowX } = getComputedStyle(element);
      if (element.matches('.log')) continue;
      if (overflowX === 'auto' || overflowX === 'scroll') found.push(`scrolls sideways: ${named(element)}`);
      else if (overflowX !== 'visible' && isNumber(element.textContent ?? '')) found.push(`cut off: ${named(element)}`);
    }
    const cells = [
      ...document.querySelectorAll('main td, main th, main dd, main dt, main figure, main table, main label'),
    ];
    const boxes = cells.filter(isShown).map((element) => ({ element, box: element.getBoundingClientRect() }));
    boxes.forEach((one, at) => {
      for (const other of boxes.slice(at + 1)) {
        if (one.element.contains(other.element)) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (across > 2 && down > 2) found.push(`overlap: ${named(one.element)} and ${named(other.element)}`);
      }
    });
    return found.slice(0, 5);
  });
