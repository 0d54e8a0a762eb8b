/** `npm run build`: the web app into dist/web. */
import { ensureInstalled } from './installation.mjs';
import { ensureWebBuild } from './web-build.mjs';

ensureInstalled();
ensureWebBuild();
