import type { ServerContext } from '#server/context.ts';
import { registerBatchRoutes } from '#server/batch/batch-routes.ts';
import { registerCommentRoutes } from '#server/comments/comment-routes.ts';
import { WireComment } from '#server/comments/comment-wire.ts';
import { registerFavouriteRoutes } from '#server/favourites/favourite-routes.ts';
import { WireFavourite } from '#server/favourites/favourite-wire.ts';
import type { App } from '#server/http/type-provider.ts';
import { registerFilterRoutes } from '#server/filters/filter-routes.ts';
import { registerSavedFilterRoutes } from '#server/filters/saved-filter-routes.ts';
import { WireFilter } from '#server/filters/saved-filter-wire.ts';
import { registerLabelRoutes } from '#server/labels/label-routes.ts';
import { WireLabel } from '#server/labels/label-wire.ts';
import { registerMemberRoutes } from '#server/members/member-routes.ts';
import { WireMember } from '#server/members/member-wire.ts';
import { registerProjectRoutes } from '#server/projects/project-routes.ts';
import { WireProject } from '#server/projects/project-wire.ts';
import { registerQuickAddRoutes } from '#server/quick-add/quick-add-routes.ts';
import { registerSearchRoutes } from '#server/search/search-routes.ts';
import { registerSectionRoutes } from '#server/sections/section-routes.ts';
import { WireSection } from '#server/sections/section-wire.ts';
import { registerStatsRoutes } from '#server/stats/stats-routes.ts';
import { registerCompletionRoutes } from '#server/tasks/completion-routes.ts';
import { WireCompletion } from '#server/tasks/completion-wire.ts';
import { registerTaskActionRoutes } from '#server/tasks/task-action-routes.ts';
import { registerTaskRoutes } from '#server/tasks/task-routes.ts';
import { WireTask } from '#server/tasks/task-wire.ts';
import { registerTrashRoutes } from '#server/trash/trash-routes.ts';
import { registerUndoRoutes } from '#server/undo/undo-routes.ts';

/** What the answers are made of, to be added to the root of the application. */
export const REST_SCHEMAS = [
  WireTask,
  WireProject,
  WireSection,
  WireMember,
  WireLabel,
  WireFilter,
  WireFavourite,
  WireComment,
  WireCompletion,
];

/** The REST API of the data, in the order of its documentation. */
export function registerRestRoutes(api: App, ctx: ServerContext): void {
  registerTaskRoutes(api, ctx);
  registerTaskActionRoutes(api, ctx);
  registerCompletionRoutes(api, ctx);
  registerQuickAddRoutes(api, ctx);
  registerCommentRoutes(api, ctx);
  registerProjectRoutes(api, ctx);
  registerSectionRoutes(api, ctx);
  registerMemberRoutes(api, ctx);
  registerLabelRoutes(api, ctx);
  registerFavouriteRoutes(api, ctx);
  registerFilterRoutes(api, ctx);
  registerSavedFilterRoutes(api, ctx);
  registerSearchRoutes(api, ctx);
  registerStatsRoutes(api, ctx);
  registerTrashRoutes(api, ctx);
  registerUndoRoutes(api, ctx);
  registerBatchRoutes(api, ctx);
}
