import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { lazyPart } from '#web/ui/lazy-part.tsx';
import { foldsOf } from '#web/views/folds.ts';
import type { QueryBuilderProps } from './query-builder.tsx';

export const QueryBuilder = lazyPart(() => import('./query-builder.tsx').then((module) => module.QueryBuilder));

interface BuilderDisclosureProps extends QueryBuilderProps {
  /** Where the query is edited. It begins open where a filter is made. */
  place: 'filter' | 'query';
}

/** The builder under the text of a query, opened and closed for each place on this device. */
export function BuilderDisclosure({ place, ...builder }: BuilderDisclosureProps) {
  const folds = foldsOf('query-builder');
  const [isOpen, setOpen] = useState(() => !folds.isClosed(place, place !== 'filter'));
  const icon = 'size-4';
  return (
    <div className="flex min-w-0 flex-col gap-2 pt-2">
      <div>
        <Button
          size="sm"
          tone="ghost"
          aria-expanded={isOpen}
          icon={
            isOpen ? (
              <ChevronDown aria-hidden="true" className={icon} />
            ) : (
              <ChevronRight aria-hidden="true" className={icon} />
            )
          }
          onClick={() => {
            folds.set(place, isOpen);
            setOpen(!isOpen);
          }}
        >
          Conditions
        </Button>
      </div>
      {isOpen ? <QueryBuilder {...builder} /> : null}
    </div>
  );
}
