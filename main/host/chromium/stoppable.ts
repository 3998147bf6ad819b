/** An event that a listener may prevent; `prevented` says whether one did. */
export function stoppable(): { prevented: boolean; preventDefault(): void } {
  const event = {
    prevented: false,
    preventDefault() {
      event.prevented = true;
    },
  };
  return event;
}
