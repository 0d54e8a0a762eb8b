import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { Fault, Fix } from '#core/filters/fault.ts';
import { Button } from '#web/ui/button.tsx';

interface QueryFaultsProps {
  id: string;
  faults: readonly Fault[];
  onFix: (fix: Fix) => void;
}

/** The first fault with the edits that mend it: after it, the others often look different. */
export function QueryFaults({ id, faults, onFix }: QueryFaultsProps) {
  const [fault] = faults;
  return (
    <div id={id} className="query-faults">
      {fault === undefined ? null : (
        <>
          <p className={fault.code === 'unknown_name' ? 'query-warning' : 'query-error'}>
            {fault.code === 'unknown_name' ? (
              <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
            ) : (
              <CircleAlert aria-hidden="true" className="size-4 shrink-0" />
            )}
            {fault.message}
          </p>
          {fault.fixes.slice(0, 3).map((fix) => (
            <Button key={fix.label} size="sm" onClick={() => onFix(fix)}>
              {fix.label}
            </Button>
          ))}
        </>
      )}
    </div>
  );
}
