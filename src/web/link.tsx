import type { ComponentProps, MouseEvent } from 'react';
import { navigate } from './navigation.ts';

export interface LinkProps extends ComponentProps<'a'> {
  href: string;
}

/** A link to a page of the app. With a modifier key or another button than the first it is the browser's. */
export function Link({ href, onClick, children, ...props }: LinkProps) {
  const handleClick = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.button !== 0) return;
    onClick?.(event);
    if (event.defaultPrevented) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    <a {...props} href={href} onClick={handleClick}>
      {children}
    </a>
  );
}
