import type { ReactNode, Ref } from 'react';

interface ScrollAreaProps {
  children: ReactNode;
  ref?: Ref<HTMLDivElement>;
}

/** Fills its column and scrolls; the container that RowGrid windows against. */
export function ScrollArea({ children, ref }: ScrollAreaProps) {
  return (
    <div ref={ref} data-scroll-container="" className="scroll-area">
      {children}
    </div>
  );
}
