import { useEffect } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { navigate } from './navigation.ts';
import { useReplica, useRow } from './replica/use-query.ts';
import { matchRoute, routes } from './routes.ts';
import { PageFallback } from './shell/page-fallback.tsx';
import { LazyModule } from './ui/lazy-module.ts';
import { lazyPart } from './ui/lazy-part.tsx';
import { TodayPage } from './views/today-page.tsx';
import { ViewLoading } from './views/view-page.tsx';

/** The other pages and where their code is. */
const laterPages = new LazyModule(() => import('./later-pages.tsx'));

/** While its code arrives, which for the page that is opened first begins before the data is read. */
const LaterPage = lazyPart(() => laterPages.load().then((module) => module.LaterPage), <PageFallback />);

/** Fetches the code of the page at a path. */
export function preloadPage(pathname: string): void {
  const name = matchRoute(pathname);
  if (name === 'today' || name === undefined) return;
  LaterPage.preload();
  laterPages.load().then(
    (module) => module.preloadLaterPage(name),
    () => undefined,
  );
}

export function preloadPages(): void {
  LaterPage.preload();
  laterPages.load().then(
    (module) => module.preloadLaterPages(),
    () => undefined,
  );
}

/** The page of the current path, inside the shell. */
export function ShellPages() {
  const pathname = usePathname();
  const name = matchRoute(pathname);
  if (name === 'today') return <TodayPage />;
  return name === 'home' ? <HomeRedirect /> : <LaterPage name={name} pathname={pathname} />;
}

function HomeRedirect() {
  const { userId } = useReplica().account;
  const homeView = useRow('settings', userId)?.homeView;
  useEffect(() => {
    if (homeView !== undefined) navigate(routes[homeView].href({}), { replace: true });
  }, [homeView]);
  return <ViewLoading title="" />;
}
