import { readFileSync } from 'node:fs';
import { signUp } from './accounts.ts';
import { expect, test } from './fixtures.ts';

/** From the OWASP cheat sheet of filter evasion, mutation XSS, and what markdown itself invites. */
const PAYLOADS = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<IMG SRC="javascript:alert(1)">',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](  javascript:alert(1))',
  '[x](java&#115;cript:alert(1))',
  '[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)',
  '[x](vbscript:msgbox(1))',
  '[x]: javascript:alert(1)\n\n[x]',
  '<a href="javascript:alert(1)">x</a>',
  '<javascript:alert(1)>',
  '![x](javascript:alert(1))',
  '![x" onerror="alert(1)](y)',
  '![a](https://example.org/a.png)',
  '[x](https://a" onmouseover="alert(1))',
  '<svg><script>alert(1)</script></svg>',
  '<svg/onload=alert(1)>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<details open ontoggle=alert(1)>',
  '<style>@import "https://example.org/x.css";</style>',
  '<base href="https://example.org/">',
  '<a id=body><a id=body name=innerHTML href=cid:1>',
  '`<img src=x onerror=alert(1)>`',
  '```html\n<img src=x onerror=alert(1)>\n```',
  '| a |\n| - |\n| <img src=x onerror=alert(1)> |',
  '- [x] <img src=x onerror=alert(1)>',
  '# <img src=x onerror=alert(1)>',
  '**<img src=x onerror=alert(1)>**',
  '\u0000<scr\u0000ipt>alert(1)</scr\u0000ipt>',
] as const;

const WRITTEN = [
  ['**bold** and `code`', '<p><strong>bold</strong> and <code>code</code></p>'],
  ['one\ntwo', '<p>one<br>two</p>'],
  ['# Title', '<h3>Title</h3>'],
  ['1 < 2 & <b>x</b>', '<p>1 &lt; 2 &amp; &lt;b&gt;x&lt;/b&gt;</p>'],
] as const;

interface Rendered {
  readonly html: string;
  readonly tags: readonly string[];
  readonly attributes: readonly string[];
  readonly links: readonly { readonly href: string; readonly rel: string; readonly target: string }[];
}

interface ManifestEntry {
  readonly file: string;
  readonly name?: string;
}

/** The chunk of the built app that renders markdown. */
function rendererUrl(): string {
  const manifest = JSON.parse(
    readFileSync(new URL('../../dist/web/.vite/manifest.json', import.meta.url), 'utf8'),
  ) as Record<string, ManifestEntry>;
  const chunk = manifest['markdown/render-markdown.ts'];
  if (!chunk) throw new Error('The build has no chunk for markdown.');
  return `/${chunk.file}`;
}

test('markdown does nothing but show text', async ({ page }) => {
  await signUp(page);
  await page.goto('/inbox');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  page.on('dialog', (dialog) => {
    requests.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const render = (texts: readonly string[]): Promise<Rendered[]> =>
    page.evaluate(
      async ([url, given]) => {
        const module = (await import(url)) as { renderMarkdown: (text: string) => DocumentFragment };
        return given.map((text) => {
          const box = document.createElement('div');
          document.body.append(box);
          box.replaceChildren(module.renderMarkdown(text));
          const elements = [...box.querySelectorAll('*')];
          return {
            html: box.innerHTML.trim(),
            tags: elements.map((element) => element.localName),
            attributes: elements.flatMap((element) => element.getAttributeNames()),
            links: [...box.querySelectorAll('a')].map((link) => ({
              href: link.getAttribute('href') ?? '',
              rel: link.rel,
              target: link.target,
            })),
          };
        });
      },
      [rendererUrl(), texts] as const,
    );

  for (const { html, tags, attributes, links } of await render(PAYLOADS)) {
    expect(tags.join(), html).not.toMatch(/script|img|svg|math|iframe|form|style|base|details|noscript|input|object/);
    for (const name of attributes) expect(['href', 'title', 'rel', 'target', 'start', 'align']).toContain(name);
    for (const { href } of links) expect(href, html).toMatch(/^(https?:\/\/|mailto:|$)/);
  }
  expect((await render(WRITTEN.map(([text]) => text))).map(({ html }) => html)).toEqual(
    WRITTEN.map(([, html]) => html),
  );

  const [link] = await render(['[site](https://example.org)']);
  expect(link?.links).toEqual([{ href: 'https://example.org', rel: 'noopener noreferrer nofollow', target: '_blank' }]);
  await page.waitForTimeout(300);
  expect(requests.filter((url) => url.startsWith('dialog') || url.includes('example.org'))).toEqual([]);
});
