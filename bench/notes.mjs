/** What a reader of the results must know; appended to them. */
export const notes = `
## Notes
`;
