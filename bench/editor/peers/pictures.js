import { pictures } from "../graph.mjs";

const draw = (color) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="96" height="72"><rect width="96" height="72" fill="${color}"/><circle cx="48" cy="36" r="26" fill="#fff"/></svg>`;

/** Addresses of the pictures, by their number. */
export const addresses = pictures.map((color) => `data:image/svg+xml;utf8,${encodeURIComponent(draw(color))}`);
