/** The first `count` items in order, without sorting the others: a heap whose top is the last of them. */
export function firstInOrder(
  items: Iterable<number>,
  count: number,
  compare: (a: number, b: number) => number,
): number[] {
  const heap: number[] = [];
  const sink = (start: number): void => {
    let at = start;
    for (;;) {
      let largest = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && compare(heap[child]!, heap[largest]!) > 0) largest = child;
      }
      if (largest === at) return;
      [heap[at], heap[largest]] = [heap[largest]!, heap[at]!];
      at = largest;
    }
  };
  for (const item of items) {
    if (heap.length < count) {
      heap.push(item);
      if (heap.length === count) for (let i = count >> 1; i >= 0; i--) sink(i);
    } else if (count > 0 && compare(item, heap[0]!) < 0) {
      heap[0] = item;
      sink(0);
    }
  }
  return heap.sort(compare);
}
