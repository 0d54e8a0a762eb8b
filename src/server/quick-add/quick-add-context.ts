import { notFound, validationFailed } from '#core/errors.ts';
import { rankAtEnd } from '#core/ordering.ts';
import { parseQuickAdd } from '#core/quick-add/parse-quick-add.ts';
import { optionsFor } from '#core/quick-add/quick-add-settings.ts';
import type { QuickAddContext, QuickAddResult, TokenKind } from '#core/quick-add/quick-add.ts';
import type { ServerContext } from '#server/context.ts';
import { getOwnSettings } from '#server/settings/own-settings.ts';
import { listNamedProjects, listNamesOf, listOwnLabels } from './quick-add-repository.ts';

/** A line and how it is to be read; what is absent follows from the clock and the settings of the user. */
export interface QuickAddRequest {
  readonly text: string;
  readonly projectId?: string;
  readonly now?: string;
  readonly timeZone?: string;
  readonly locale?: string;
  readonly weekStart?: number;
  readonly dayStart?: number;
}

export interface ReadLine extends QuickAddResult {
  /** Where the task goes. */
  readonly projectId: string;
  /** With the names that the line may have used. */
  readonly context: QuickAddContext;
  /** Behind the labels that the user has. */
  readonly labelRank: string;
}

/** Reads a line for a user. Throws `not_found` for a project that the user may not see. */
export async function readLine(
  ctx: ServerContext,
  userId: string,
  request: QuickAddRequest,
  off: readonly TokenKind[] = [],
): Promise<ReadLine> {
  const { database } = ctx;
  const [projects, labels, settings] = await Promise.all([
    listNamedProjects(database, userId),
    listOwnLabels(database, userId),
    getOwnSettings(database, userId),
  ]);
  const home = projects.find(({ id, isInbox }) => (request.projectId ? id === request.projectId : isInbox));
  if (!home) throw notFound('project');
  const timeZone = timeZoneOf(request) ?? settings.timeZone;
  const base = {
    now: request.now === undefined ? ctx.clock.now() : instantOf(request.now),
    timeZone,
    locale: request.locale ?? settings.locale,
    weekStart: request.weekStart ?? settings.weekStart,
    dayStart: request.dayStart ?? settings.dayStart,
    projectId: home.id,
    projects: projects.filter(({ isArchived, isInbox }) => !isArchived && !isInbox),
    labels,
  };
  // Who names a locale means its words.
  const words = request.locale === undefined ? settings.quickAdd.words : 'auto';
  const options = optionsFor({ ...settings.quickAdd, words }, off);
  // Sections and people are those of the project that the line names, which only reading it tells.
  const named = parseQuickAdd(request.text, { ...base, sections: [], members: [] }, options).fields.projectId;
  const projectId = named ?? home.id;
  const context: QuickAddContext = { ...base, ...(await listNamesOf(database, projectId)) };
  return { ...parseQuickAdd(request.text, context, options), projectId, context, labelRank: rankAtEnd(labels) };
}

const ZONE_IN_BRACKETS = /\[!?([^\]=]+)\]/;

/** The zone that is given, else the one that `now` names. */
function timeZoneOf({ timeZone, now }: QuickAddRequest): string | undefined {
  const found = timeZone ?? ZONE_IN_BRACKETS.exec(now ?? '')?.[1];
  if (found === undefined) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: found }).resolvedOptions().timeZone;
  } catch (cause) {
    const path = timeZone === undefined ? '/now' : '/timeZone';
    throw Object.assign(validationFailed(path, `"${found}" is not a known IANA time zone.`), { cause });
  }
}

/** Epoch milliseconds of RFC 9557, such as `2026-11-18T10:00+01:00[Europe/Berlin]`, or of RFC 3339. */
function instantOf(now: string): number {
  try {
    return ZONE_IN_BRACKETS.test(now)
      ? Temporal.ZonedDateTime.from(now).epochMilliseconds
      : Temporal.Instant.from(now).epochMilliseconds;
  } catch (cause) {
    const message = 'Write the time as RFC 9557 does: 2026-11-18T10:00+01:00[Europe/Berlin].';
    throw Object.assign(validationFailed('/now', message), { cause });
  }
}
