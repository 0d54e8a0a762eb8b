import { lazy, type ReactNode, Suspense, useEffect } from 'react';
import { usePathname, useSearch } from 'wouter/use-browser-location';
import { isUuid } from '#core/ids.ts';
import { navigate } from './navigation.ts';
import { useReplica, useRow } from './replica/use-query.ts';
import { idOfRef, labelHref, matchRoute, projectHref, type RouteName, routes } from './routes.ts';
import { findSettingsSection } from './settings/settings-sections.ts';
import { PageFallback } from './shell/page-fallback.tsx';
import { UnknownPage } from './shell/unknown-page.tsx';
import { LabelPage } from './views/label-page.tsx';
import { InboxPage, ProjectPage } from './views/project-page.tsx';
import { TodayPage } from './views/today-page.tsx';
import { UpcomingPage } from './views/upcoming-page.tsx';
import { ViewLoading } from './views/view-page.tsx';

const loadTask = () => import('./tasks/task-page.tsx').then((m) => ({ default: m.TaskPage }));
const loadLogbook = () => import('./logbook/logbook-page.tsx').then((m) => ({ default: m.LogbookPage }));
const loadTrash = () => import('./trash/trash-page.tsx').then((m) => ({ default: m.TrashPage }));
const loadProjects = () => import('./projects/projects-page.tsx').then((m) => ({ default: m.ProjectsPage }));
const loadLabels = () => import('./labels/labels-page.tsx').then((m) => ({ default: m.LabelsPage }));
const loadAdd = () => import('./pwa/add-page.tsx').then((m) => ({ default: m.AddPage }));
const loadSettings = () => import('./settings/settings-page.tsx').then((m) => ({ default: m.SettingsPage }));

/** The code of every page that is not in the first chunk. */
export const pageLoaders: readonly (() => Promise<unknown>)[] = [
  loadTask,
  loadLogbook,
  loadTrash,
  loadProjects,
  loadLabels,
  loadSettings,
  loadAdd,
];

const TaskPage = lazy(loadTask);
const LogbookPage = lazy(loadLogbook);
const TrashPage = lazy(loadTrash);
const ProjectsPage = lazy(loadProjects);
const LabelsPage = lazy(loadLabels);
const SettingsPage = lazy(loadSettings);
const AddPage = lazy(loadAdd);

/** The page of the current path, inside the shell. */
export function ShellPages() {
  const pathname = usePathname();
  const name = matchRoute(pathname);
  return (
    <Suspense fallback={<PageFallback />}>{name === undefined ? <UnknownPage /> : pageOf(name, pathname)}</Suspense>
  );
}

function pageOf(name: RouteName, pathname: string): ReactNode {
  switch (name) {
    case 'home':
      return <HomeRedirect />;
    case 'inbox':
      return <InboxPage />;
    case 'today':
      return <TodayPage />;
    case 'upcoming':
      return <UpcomingPage />;
    case 'project':
      return <ProjectRoute projectRef={routes.project.parse(pathname)?.params.ref ?? ''} />;
    case 'label':
      return <LabelRoute labelRef={routes.label.parse(pathname)?.params.ref ?? ''} />;
    case 'projects':
      return <ProjectsPage />;
    case 'labels':
      return <LabelsPage />;
    case 'logbook':
      return <LogbookPage />;
    case 'trash':
      return <TrashPage />;
    case 'add':
      return <AddPage />;
    case 'settings':
      return <SettingsPage section={null} />;
    case 'settingsSection':
      return <SettingsRoute section={routes.settingsSection.parse(pathname)?.params.section ?? ''} />;
    case 'task':
      return <TaskRoute taskId={routes.task.parse(pathname)?.params.id ?? ''} />;
    case 'login':
    case 'signup':
    case 'setup':
      return <UnknownPage />;
  }
}

function HomeRedirect() {
  const { userId } = useReplica().account;
  const homeView = useRow('settings', userId)?.homeView;
  useEffect(() => {
    if (homeView !== undefined) navigate(routes[homeView].href({}), { replace: true });
  }, [homeView]);
  return <ViewLoading title="" />;
}

function ProjectRoute({ projectRef }: { projectRef: string }) {
  const id = idOfRef(projectRef);
  const project = useRow('project', id ?? null);
  useCorrectPath(project && (project.inbox ? routes.inbox.href({}) : projectHref(project)));
  return id === undefined ? <UnknownPage /> : <ProjectPage projectId={id} />;
}

function LabelRoute({ labelRef }: { labelRef: string }) {
  const id = idOfRef(labelRef);
  const label = useRow('label', id ?? null);
  useCorrectPath(label && labelHref(label));
  return id === undefined ? <UnknownPage /> : <LabelPage labelId={id} />;
}

function TaskRoute({ taskId }: { taskId: string }) {
  return isUuid(taskId) ? <TaskPage taskId={taskId} /> : <UnknownPage />;
}

function SettingsRoute({ section }: { section: string }) {
  const found = findSettingsSection(section);
  return found === undefined ? <UnknownPage /> : <SettingsPage section={found} />;
}

/** Names in paths are for people; a stale one is set right without a new entry in the history. */
function useCorrectPath(right: string | undefined): void {
  const pathname = usePathname();
  const search = useSearch();
  useEffect(() => {
    if (right !== undefined && right !== pathname) {
      history.replaceState(history.state, '', right + search + location.hash);
    }
  }, [right, pathname, search]);
}
