/** What a page tells a waiting worker when its person wants the new version now. */
export const TAKE_OVER = 'tend:take-over';
