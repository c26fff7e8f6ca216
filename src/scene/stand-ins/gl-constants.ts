/**
 * Stands in for `@luma.gl/constants` in the bundle: luma.gl has its numbers inlined, and the few that Viv and deck.gl look
 * up are those of WebGL 2, which the browser has by the same names.
 */

/** Empty where there is no WebGL, so that the page comes up and can say so. */
export const GL: object = globalThis.WebGL2RenderingContext ?? {};
