import { Type } from 'typebox';
import { personalDayAt } from '#core/dates/personal-day.ts';
import { validationFailed } from '#core/errors.ts';
import { formatDate, parseDate } from '#core/recurrence/wall-clock.ts';
import { Id, WallDate } from '#core/schema.ts';
import { daySpans } from '#core/stats/day-spans.ts';
import { streakOf } from '#core/stats/streak.ts';
import type { ServerContext } from '#server/context.ts';
import { principalOf } from '#server/http/policy.ts';
import type { App } from '#server/http/type-provider.ts';
import { authzFor } from '#server/rest/operation.ts';
import { getOwnSettings } from '#server/settings/own-settings.ts';
import { countCompleted } from './stats-repository.ts';

const DAYS_MAX = 366;
const DAYS_DEFAULT = 30;

const Query = Type.Object(
  {
    from: Type.Optional(WallDate),
    to: Type.Optional(WallDate),
    projectId: Type.Optional(Id),
    by: Type.Optional(Type.Enum(['me', 'anyone'], { default: 'me', description: 'Who completed it' })),
  },
  { additionalProperties: false },
);

const Stats = Type.Object(
  {
    from: WallDate,
    to: WallDate,
    today: WallDate,
    completed: Type.Integer({ description: 'On all these days' }),
    days: Type.Array(Type.Object({ date: WallDate, completed: Type.Integer() }), { description: 'Every day' }),
    streak: Type.Object(
      {
        current: Type.Integer({ description: 'Up to the last day, which does not end it while it is empty' }),
        longest: Type.Integer(),
      },
      { description: 'Days in a row on which something was completed, of those that were asked for' },
    ),
  },
  { title: 'Stats' },
);

export function registerStatsRoutes(api: App, ctx: ServerContext): void {
  api.get(
    '/stats',
    {
      schema: {
        operationId: 'getStats',
        tags: ['stats'],
        summary: 'How much was completed, day by day',
        description:
          'Tasks and the dates of repeating ones, of projects that the caller sees, without the trash. Days are those ' +
          "of the user's time zone and begin when the user has set them to. Without `from` and `to`: the last " +
          `${DAYS_DEFAULT} days; at most ${DAYS_MAX}.`,
        querystring: Query,
        response: { 200: Stats },
      },
      config: authzFor('stats')('read', ['projectId']),
    },
    async (request) => {
      const { userId } = principalOf(request);
      const { projectId, by = 'me' } = request.query;
      const rule = await getOwnSettings(ctx.database, userId);
      const today = personalDayAt(ctx.clock.now(), rule);
      const to = request.query.to === undefined ? today : parseDate(request.query.to);
      const from = request.query.from === undefined ? to - DAYS_DEFAULT + 1 : parseDate(request.query.from);
      if (from > to) throw validationFailed('/from', 'The first day is after the last.');
      if (to - from >= DAYS_MAX) throw validationFailed('/from', `At most ${DAYS_MAX} days at a time.`);
      const counts = await countCompleted(ctx.database, { userId, projectId, by, spans: daySpans(from, to, rule) });
      return {
        from: formatDate(from),
        to: formatDate(to),
        today: formatDate(today),
        completed: counts.reduce((sum, count) => sum + count, 0),
        days: counts.map((completed, n) => ({ date: formatDate(from + n), completed })),
        streak: streakOf(counts),
      };
    },
  );
}
