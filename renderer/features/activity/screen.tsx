import { EmptyState, ProgressLine, ScreenHeader } from '../../ui/screen.tsx';

export function ActivityScreen() {
  return (
    <>
      <ScreenHeader title="Activity" />
      <ProgressLine />
      <EmptyState>Nothing has happened yet.</EmptyState>
    </>
  );
}
