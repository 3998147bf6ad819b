/**
 * Puts a text on the clipboard, after a click or a key only. The window grants no permission to its page, so where the clipboard
 * asks for one the text is copied as a selection, which needs none.
 */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copySelection(text);
  }
}

function copySelection(text: string): void {
  const held = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'copy-source';
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
  if (held instanceof HTMLElement) held.focus();
}
