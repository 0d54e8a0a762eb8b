import { clsx } from 'clsx';

/** Rows in the shape of a task list, for the first sync only. `status` tells how far it is. */
export function ListSkeleton({ rows = 10, status }: { rows?: number; status: string }) {
  return (
    <div className="flex flex-col">
      <p role="status" className="px-2 pb-2 text-meta text-fg-secondary tabular-nums">
        {status}
      </p>
      <div aria-hidden="true">
        {Array.from({ length: rows }, (_, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the rows are all alike and never move
          <div key={index} className="flex h-9 items-center gap-3 px-2 coarse:h-11">
            <SkeletonShape className="size-4 rounded-full" />
            <SkeletonShape className={clsx('h-2 rounded-sm', widths[index % widths.length])} />
          </div>
        ))}
      </div>
    </div>
  );
}

const widths = ['w-2/5', 'w-1/2', 'w-1/3', 'w-3/5', 'w-1/4'];

function SkeletonShape({ className }: { className: string | undefined }) {
  return (
    <span className={clsx('relative block overflow-hidden bg-line', className)}>
      <span className="absolute inset-0 animate-shimmer bg-hover opacity-60" />
    </span>
  );
}
