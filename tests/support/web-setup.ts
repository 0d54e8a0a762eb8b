import { configure } from '@testing-library/react';
import { afterEach, expect } from 'vitest';

// What comes with a chunk of its own takes longer than the second that is allowed by default, on a busy machine.
configure({ asyncUtilTimeout: 10_000 });

// The service worker is tested without a page.
if (typeof document !== 'undefined') {
  // This DOM would open what is downloaded as a page, and the files that come after this one would find themselves there.
  document.addEventListener('click', (event) => {
    if (event.target instanceof HTMLAnchorElement && event.target.download !== '') event.preventDefault();
  });
  // Files share the page: who leaves it must fail, and not whoever comes next.
  afterEach(() => {
    expect(location.origin, 'the page that all tests share').toBe('http://localhost:3000');
  });
}
