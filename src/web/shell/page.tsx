import type { ReactNode } from 'react';
import { ScrollArea } from '#web/ui/scroll-area.tsx';
import { PageHeader, type PageHeaderProps } from './page-header.tsx';

export interface PageProps extends PageHeaderProps {
  children: ReactNode;
}

/** A page of the shell that scrolls below its header, in one column. */
export function Page({ children, ...header }: PageProps) {
  return (
    <>
      <PageHeader {...header} />
      <ScrollArea>
        <div className="page-column">{children}</div>
      </ScrollArea>
    </>
  );
}
