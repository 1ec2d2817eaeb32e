/** How long a text of the value nodes may be, in UTF-16 units: far beyond every prompt. */
export const longestText = 100_000;
