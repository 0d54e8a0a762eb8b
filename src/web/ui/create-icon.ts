import { createElement, type SVGProps } from 'react';

/** A shape as lucide-react describes it: the elements inside of the svg. */
export interface IconShape {
  readonly node: readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[];
}

const BASE: SVGProps<SVGSVGElement> = {
  xmlns: 'http://www.w3.org/2000/svg',
  width: 24,
  height: 24,
  viewBox: '0 0 24 24',
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
};

/**
 * Takes the place of the function of this kind in lucide-react (scripts/lean-icons.ts), which reads fourteen options
 * each time that an icon is drawn. Whoever looks at an icon reads the text beside it, unless it has a name of its own.
 */
export function createIcon({ node }: IconShape) {
  const shape = node.map(([tag, attributes]) => createElement(tag, attributes));
  return (props: SVGProps<SVGSVGElement>) =>
    createElement(
      'svg',
      { ...BASE, 'aria-hidden': props['aria-label'] === undefined || undefined, ...props },
      ...shape,
    );
}
