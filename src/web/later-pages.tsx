import { useEffect } from 'react';
import { usePathname } from 'wouter/use-browser-location';
import { isUuid } from '#core/ids.ts';
import { useRow } from './replica/use-query.ts';
import { filterHref, idOfRef, labelHref, projectHref, type RouteName, routes } from './routes.ts';
import { findSettingsSection } from './settings/settings-sections.ts';
import { PageFallback } from './shell/page-fallback.tsx';
import { UnknownPage } from './shell/unknown-page.tsx';
import { lazyPart } from './ui/lazy-part.tsx';

const fallback = <PageFallback />;

const AddPage = lazyPart(() => import('./pwa/add-page.tsx').then((m) => m.AddPage), fallback);
const FilterPage = lazyPart(() => import('./filters/filter-page.tsx').then((m) => m.FilterPage), fallback);
const FiltersPage = lazyPart(() => import('./filters/filters-page.tsx').then((m) => m.FiltersPage), fallback);
const InboxPage = lazyPart(() => import('./views/project-page.tsx').then((m) => m.InboxPage), fallback);
const LabelPage = lazyPart(() => import('./views/label-page.tsx').then((m) => m.LabelPage), fallback);
const LabelsPage = lazyPart(() => import('./labels/labels-page.tsx').then((m) => m.LabelsPage), fallback);
const LogbookPage = lazyPart(() => import('./logbook/logbook-page.tsx').then((m) => m.LogbookPage), fallback);
const ProjectPage = lazyPart(() => import('./views/project-page.tsx').then((m) => m.ProjectPage), fallback);
const ProjectsPage = lazyPart(() => import('./projects/projects-page.tsx').then((m) => m.ProjectsPage), fallback);
const QueryPage = lazyPart(() => import('./filters/query-page.tsx').then((m) => m.QueryPage), fallback);
const SearchPage = lazyPart(() => import('./search/search-page.tsx').then((m) => m.SearchPage), fallback);
const SettingsPage = lazyPart(() => import('./settings/settings-page.tsx').then((m) => m.SettingsPage), fallback);
const TaskPage = lazyPart(() => import('./tasks/task-page.tsx').then((m) => m.TaskPage), fallback);
const TrashPage = lazyPart(() => import('./trash/trash-page.tsx').then((m) => m.TrashPage), fallback);
const UpcomingPage = lazyPart(() => import('./views/upcoming-page.tsx').then((m) => m.UpcomingPage), fallback);

const lazyPages: Readonly<Partial<Record<RouteName, { readonly preload: () => void }>>> = {
  // Where somebody begins who has chosen another home than Today.
  home: InboxPage,
  inbox: InboxPage,
  upcoming: UpcomingPage,
  project: ProjectPage,
  task: TaskPage,
  label: LabelPage,
  projects: ProjectsPage,
  labels: LabelsPage,
  filter: FilterPage,
  filters: FiltersPage,
  query: QueryPage,
  logbook: LogbookPage,
  trash: TrashPage,
  search: SearchPage,
  settings: SettingsPage,
  settingsSection: SettingsPage,
  add: AddPage,
};

export function preloadLaterPage(name: RouteName): void {
  lazyPages[name]?.preload();
}

export function preloadLaterPages(): void {
  for (const page of Object.values(lazyPages)) page.preload();
}

interface LaterPageProps {
  /** None when nothing is at the path. */
  name: RouteName | undefined;
  pathname: string;
}

/** Any page but the one that most people begin with. */
export function LaterPage({ name, pathname }: LaterPageProps) {
  switch (name) {
    case 'inbox':
      return <InboxPage />;
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
    case 'filter':
      return <FilterRoute filterRef={routes.filter.parse(pathname)?.params.ref ?? ''} />;
    case 'filters':
      return <FiltersPage />;
    case 'query':
      return <QueryPage />;
    case 'logbook':
      return <LogbookPage />;
    case 'trash':
      return <TrashPage />;
    case 'search':
      return <SearchPage />;
    case 'add':
      return <AddPage />;
    case 'settings':
      return <SettingsPage section={null} />;
    case 'settingsSection':
      return <SettingsRoute section={routes.settingsSection.parse(pathname)?.params.section ?? ''} />;
    case 'task':
      return <TaskRoute taskId={routes.task.parse(pathname)?.params.id ?? ''} />;
    case undefined:
    case 'home':
    case 'today':
    case 'login':
    case 'signup':
    case 'setup':
      return <UnknownPage />;
  }
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

function FilterRoute({ filterRef }: { filterRef: string }) {
  const id = idOfRef(filterRef);
  const filter = useRow('filter', id ?? null);
  useCorrectPath(filter && filterHref(filter));
  return id === undefined ? <UnknownPage /> : <FilterPage filterId={id} />;
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
  useEffect(() => {
    if (right !== undefined && right !== pathname) {
      history.replaceState(history.state, '', right + location.search + location.hash);
    }
  }, [right, pathname]);
}
