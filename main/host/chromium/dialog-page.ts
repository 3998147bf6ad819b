/** The page of the Chromium host's file dialog. It talks to `dialog.ts` as a page talks to its host (page-shim.ts). */
export const dialogHtml = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Choose</title><link rel="stylesheet" href="/dialog.css"></head>
<body>
<header><button id="up" title="Parent folder (Alt+Up)">&uarr;</button><input id="path" aria-label="Folder or file" spellcheck="false"></header>
<ul id="list" role="listbox" tabindex="0" aria-label="Files"></ul>
<p id="note" role="status"></p>
<footer><select id="filter" aria-label="Kind of file"></select><button id="cancel">Cancel</button><button id="choose" class="main">Choose</button></footer>
<script src="/shim.js"></script>
<script src="/dialog.js"></script>
</body>
</html>`;

export const dialogCss = `
:root { color-scheme: light dark; font: 13px/1.4 system-ui, sans-serif; }
body { margin: 0; height: 100vh; display: grid; grid-template-rows: auto 1fr auto auto; }
header, footer { display: flex; gap: 8px; padding: 10px 12px; }
footer { justify-content: flex-end; border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
select { margin-right: auto; font: inherit; padding: 4px 6px; }
input { flex: 1; font: inherit; padding: 5px 8px; border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 5px; background: none; color: inherit; }
button { font: inherit; padding: 5px 14px; border: 1px solid color-mix(in srgb, currentColor 30%, transparent); border-radius: 5px; background: none; color: inherit; }
button.main { background: #0b6277; border-color: #0b6277; color: #fff; }
ul { margin: 0; padding: 0 12px; overflow: auto; list-style: none; }
li { padding: 3px 8px; border-radius: 4px; cursor: default; white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
li[data-folder="true"] { font-weight: 600; }
li[aria-selected="true"] { background: #0b6277; color: #fff; }
p { margin: 0; padding: 0 12px; min-height: 1.4em; }
`;

export const dialogScript = `
const call = (channel, path) => wardbookShim.electron.ipcRenderer.invoke(channel, path, by('filter').selectedIndex);
const by = (id) => document.getElementById(id);
let folder = null, wantsFolder = false, selected = -1;
function select(index) {
  selected = Math.max(-1, Math.min(folder.entries.length - 1, index));
  [...by('list').children].forEach((item, i) => item.setAttribute('aria-selected', String(i === selected)));
  by('list').children[selected]?.scrollIntoView({ block: 'nearest' });
}
function show(next) {
  folder = next;
  by('path').value = next.path;
  by('up').disabled = next.parent === null;
  by('note').textContent = next.entries.length === 0 ? 'Nothing to choose in this folder.' : '';
  by('list').replaceChildren(...next.entries.map((entry, i) => {
    const item = document.createElement('li');
    item.setAttribute('role', 'option');
    item.dataset.folder = String(entry.folder);
    item.textContent = entry.name;
    item.onclick = () => select(i);
    item.ondblclick = () => open(entry);
    return item;
  }));
  select(-1);
}
async function go(path) {
  try { show(await call('list', path)); } catch { by('note').textContent = 'This folder cannot be opened.'; }
}
function open(entry) { return entry.folder ? go(entry.path) : call('choose', entry.path); }
function choose() {
  const entry = folder.entries[selected];
  if (wantsFolder) return call('choose', entry ? entry.path : folder.path);
  if (entry) return open(entry);
  by('note').textContent = 'Select a file first.';
}
by('up').onclick = () => folder.parent && go(folder.parent);
by('filter').onchange = () => go(folder.path);
by('cancel').onclick = () => call('cancel');
by('choose').onclick = choose;
by('path').onkeydown = (event) => { if (event.key === 'Enter') go(by('path').value); };
by('list').onkeydown = (event) => {
  if (event.key === 'ArrowDown') select(selected + 1);
  else if (event.key === 'ArrowUp') select(selected - 1);
  else if (event.key === 'Enter') choose();
  else if (event.key === 'Backspace') by('up').click();
  else return;
  event.preventDefault();
};
document.onkeydown = (event) => { if (event.key === 'Escape') call('cancel'); };
call('start').then((start) => {
  document.title = start.title;
  by('choose').textContent = start.button;
  wantsFolder = start.wantsFolder;
  by('filter').replaceChildren(...start.filters.map((name) => new Option(name)));
  by('filter').hidden = start.filters.length === 0;
  show(start.folder);
  by('list').focus();
});
`;
