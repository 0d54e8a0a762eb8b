import { Type, type Static } from 'typebox';
import { ColorName, Id, Instant, Name, Nullable, Rank, rowFields } from '#core/schema.ts';

export const PROJECT_NAME_MAX = 120;
/** Levels of projects below one another; deeper trees cannot be shown in a sidebar. */
export const PROJECT_DEPTH_MAX = 4;

/** How a view shows its tasks when nobody said otherwise; people keep their own differences locally. */
export const ViewDefaults = Type.Object(
  {
    layout: Type.Enum(['list', 'board', 'calendar', 'table']),
    group: Type.Enum(['none', 'section', 'date', 'deadline', 'priority', 'project', 'label', 'assignee', 'created']),
    sort: Type.Enum(['manual', 'date', 'deadline', 'priority', 'title', 'created', 'updated', 'assignee']),
    showCompleted: Type.Boolean(),
  },
  { additionalProperties: false },
);
export type ViewDefaults = Static<typeof ViewDefaults>;

export const projectContent = {
  name: Name(PROJECT_NAME_MAX),
  color: ColorName,
  icon: Nullable(Name(32)),
  view: Nullable(ViewDefaults),
};

export const Project = Type.Object({
  ...rowFields,
  ...projectContent,
  /** A project that its reader cannot see counts as absent: the child is then shown at the top level. */
  parentId: Nullable(Id),
  rank: Rank,
  /** The one project of a user that cannot be shared, moved, archived or deleted. */
  inbox: Type.Boolean(),
  createdBy: Id,
  archivedAt: Nullable(Instant),
  deletedAt: Nullable(Instant),
});
export type Project = Static<typeof Project>;
