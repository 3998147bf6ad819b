import { bytes } from '../../../../shared/format.ts';
import type { Artifact } from '../../../../shared/model/run.ts';
import { EmptyState, ErrorNotice } from '../../../ui/screen.tsx';
import { HtmlView, MarkdownView } from './html-view.tsx';
import { ImageView } from './image-view.tsx';
import { JsonView } from './json-view.tsx';
import { type ArtifactKind, decodeText, endingOf, kindOf, looksLikeText, readAtMost } from './kind.ts';
import { NotText } from './not-text.tsx';
import { parseDelimited } from './read-table.ts';
import { TableView } from './table-view.tsx';
import { TextView } from './text-view.tsx';
import { type LoadedFile, useFile } from './use-file.ts';

/** A file as what it is, as far as the window can draw it. */
export function Viewer({ run, artifact }: { run: string; artifact: Artifact }) {
  const kind = kindOf(artifact.path);
  if (artifact.bytes === 0) return <EmptyState>This file is empty.</EmptyState>;
  if (kind === 'text') return <TextView run={run} artifact={artifact} />;
  return <WholeFile run={run} artifact={artifact} kind={kind} />;
}

/** Kinds that are shown whole or not at all; only a table may be cut. */
const WHOLE: readonly ArtifactKind[] = ['image', 'markdown', 'html', 'json'];

function WholeFile({ run, artifact, kind }: { run: string; artifact: Artifact; kind: Exclude<ArtifactKind, 'other'> }) {
  const limit = readAtMost[kind];
  const tooLarge = WHOLE.includes(kind) && artifact.bytes > limit;
  const file = useFile(run, artifact.path, limit, !tooLarge);
  if (tooLarge && kind === 'image') {
    return (
      <EmptyState>
        A picture of {bytes(artifact.bytes)} is more than the {bytes(limit)} that are shown here.
      </EmptyState>
    );
  }
  // Longer than can be shown as what it is: its beginning as text, which says so.
  if (tooLarge) return <TextView run={run} artifact={artifact} because={`is more than ${bytes(limit)}`} />;
  if (file.error) return <ErrorNotice error={file.error} onRetry={() => void file.refetch()} />;
  if (!file.data) return null;
  return <Content kind={kind} artifact={artifact} file={file.data} />;
}

type ContentProps = { kind: ArtifactKind; artifact: Artifact; file: LoadedFile };

function Content({ kind, artifact, file }: ContentProps) {
  const cut = file.bytes.length < file.size;
  if (kind === 'image') return <ImageView bytes={file.bytes} path={artifact.path} />;
  if (!looksLikeText(file.bytes)) return <NotText path={artifact.path} />;
  const text = decodeText(file.bytes, cut);
  if (kind === 'markdown') return <MarkdownView text={text} />;
  if (kind === 'html') return <HtmlView html={text} />;
  if (kind === 'json') return <JsonView text={text} name={artifact.path} />;
  const table = parseDelimited(text, endingOf(artifact.path) === 'csv' ? null : '\t');
  return <TableView table={table} cut={cut ? { shown: file.bytes.length, of: file.size } : null} />;
}
