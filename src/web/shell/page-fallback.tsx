import { PageHeader } from './page-header.tsx';

/** While the code of a page arrives: the header keeps its place, so that nothing jumps. */
export function PageFallback() {
  return <PageHeader title="" />;
}
