import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function HardwareScreen() {
  return (
    <>
      <ScreenHeader title="Hardware" />
      <ProgressLine />
      <EmptyState>No sample yet.</EmptyState>
    </>
  );
}
