/** In a statement that will hardly repeat: PostgreSQL gets it without a name, so that it takes none from those that do. */
export const SELDOM = '/* seldom */';
