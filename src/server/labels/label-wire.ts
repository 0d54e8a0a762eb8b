import { type Static, Type } from 'typebox';
import { Label } from '#core/labels/label.ts';

const { properties } = Label;

export const WireLabel = Type.Object(
  {
    id: properties.id,
    name: properties.name,
    color: properties.color,
    rank: properties.rank,
    rev: properties.rev,
    createdAt: properties.createdAt,
    updatedAt: properties.updatedAt,
  },
  { $id: 'Label', title: 'Label' },
);
export type WireLabel = Static<typeof WireLabel>;

export const LabelRef = Type.Unsafe<WireLabel>({ $ref: 'Label#' });

export function presentLabel(label: Label): WireLabel {
  return {
    id: label.id,
    name: label.name,
    color: label.color,
    rank: label.rank,
    rev: label.rev,
    createdAt: label.createdAt,
    updatedAt: label.updatedAt,
  };
}
