/**
 * What a page tells the waiting worker. Never the old worker in the middle of a navigation: in the moment in which one
 * worker follows the other, Chromium leaves another tab that is being loaded without an answer for minutes.
 */
export const TAKE_OVER = 'tend:take-over';
