import { type Static, Type } from 'typebox';
import { Section } from '#core/sections/section.ts';

const { properties } = Section;

export const WireSection = Type.Object(
  {
    id: properties.id,
    projectId: properties.projectId,
    name: properties.name,
    collapsed: properties.collapsed,
    wipLimit: properties.wipLimit,
    rank: properties.rank,
    rev: properties.rev,
    createdAt: properties.createdAt,
    updatedAt: properties.updatedAt,
    deletedAt: properties.deletedAt,
  },
  { $id: 'Section', title: 'Section' },
);
export type WireSection = Static<typeof WireSection>;

export const SectionRef = Type.Unsafe<WireSection>({ $ref: 'Section#' });

export function presentSection(section: Section): WireSection {
  return {
    id: section.id,
    projectId: section.projectId,
    name: section.name,
    collapsed: section.collapsed,
    wipLimit: section.wipLimit,
    rank: section.rank,
    rev: section.rev,
    createdAt: section.createdAt,
    updatedAt: section.updatedAt,
    deletedAt: section.deletedAt,
  };
}
