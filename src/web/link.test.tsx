import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { Link } from './link.tsx';

test('a link goes to its page, and leaves clicks with a modifier to the browser', () => {
  history.replaceState(null, '', '/today');
  const handleClick = vi.fn<() => void>();
  render(
    <Link href="/projects" onClick={handleClick}>
      Projects
    </Link>,
  );
  const link = screen.getByRole('link', { name: 'Projects' });
  link.addEventListener('click', (event) => event.ctrlKey && event.preventDefault());
  fireEvent.click(link, { ctrlKey: true });
  expect(location.pathname).toBe('/today');
  expect(handleClick).not.toHaveBeenCalled();
  expect(fireEvent.click(link)).toBe(false);
  expect(location.pathname).toBe('/projects');
  expect(handleClick).toHaveBeenCalledTimes(1);
});
