import { Type, type Static } from 'typebox';
import { Id, Instant, Name, Nullable, Rank, rowFields } from '#core/schema.ts';

export const SECTION_NAME_MAX = 120;

export const sectionContent = {
  name: Name(SECTION_NAME_MAX),
  /** Shown closed until somebody opens it. */
  collapsed: Type.Boolean(),
  /** Open tasks above which a board column warns. */
  wipLimit: Nullable(Type.Integer({ minimum: 1, maximum: 999 })),
};

export const Section = Type.Object({
  ...rowFields,
  ...sectionContent,
  projectId: Id,
  rank: Rank,
  deletedAt: Nullable(Instant),
});
export type Section = Static<typeof Section>;
