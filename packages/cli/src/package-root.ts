/** The folder of this package; it lies one up from the sources, the build and the bundle alike. */
export const packageRoot = new URL("../", import.meta.url);
