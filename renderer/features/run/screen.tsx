import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function RunScreen() {
  return (
    <>
      <ScreenHeader title="Run" />
      <ProgressLine />
      <EmptyState>This run is not in the vault.</EmptyState>
    </>
  );
}
