import { expect, test } from 'vitest';
import { leanIcon } from './lean-icons.ts';

test('an icon keeps its shape, and loses what only the original draws with', () => {
  const code = `import createLucideIcon from '../createLucideIcon.mjs';

const __iconData = {
  name: "minus",
  size: 24,
  node: [["path", { d: "M5 12h14", key: "1ays0h" }]]
};
__iconData.node;
const Minus = createLucideIcon(__iconData);

export { __iconData, Minus as default };
`;
  const lean = leanIcon(code);
  expect(lean).toMatch(/^import \{ createIcon as createLucideIcon \} from ".*\/src\/web\/ui\/create-icon\.ts";$/m);
  expect(lean).toContain('node: [["path", { d: "M5 12h14" }]]');
  expect(lean).not.toMatch(/key:|name:|size:/);
});
