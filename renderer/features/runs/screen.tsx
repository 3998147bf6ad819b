import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function RunsScreen() {
  return (
    <>
      <ScreenHeader title="Runs" />
      <ProgressLine />
      <EmptyState>No run yet.</EmptyState>
    </>
  );
}
