import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function ExportsScreen() {
  return (
    <>
      <ScreenHeader title="Export" />
      <ProgressLine />
      <EmptyState>Choose the runs of the report in the table of runs.</EmptyState>
    </>
  );
}
