import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function DatasetsScreen() {
  return (
    <>
      <ScreenHeader title="Datasets" />
      <ProgressLine />
      <EmptyState>No dataset yet.</EmptyState>
    </>
  );
}
