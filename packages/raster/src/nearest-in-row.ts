/** For one row: which column's selected sample is nearest to each column. */
export interface NearestInRow {
  /**
   * Calls `run` with rising ranges of columns, `start` up to `end` (exclusive), to all of which the selected sample of
   * column `site` is nearest, which lies `rows` rows away. `distances` holds, by column, the rows to the nearest
   * selected sample of that column; columns with `limit` or more have none.
   */
  readonly each: (distances: Uint16Array, limit: number, run: NearestRun) => void;
}

type NearestRun = (start: number, end: number, site: number, rows: number) => void;

/**
 * The lower envelope of the parabolas (x − site)² + rows², in time linear in the width.
 *
 * From A. Meijster, J. Roerdink, W. Hesselink, "A general algorithm for computing distance transforms in linear time"
 * (2000), second phase. All quotients are of integers below 2^53, so flooring them is exact.
 */
export function nearestInRow(width: number): NearestInRow {
  const sites = new Int32Array(width);
  const starts = new Int32Array(width);
  return {
    each(distances, limit, run) {
      let count = 0;
      for (let x = 0; x < width; x++) {
        const rows = distances[x]!;
        if (rows >= limit) continue;
        let start = 0;
        while (count > 0) {
          const site = sites[count - 1]!;
          const other = distances[site]!;
          start = Math.floor((x * x - site * site + rows * rows - other * other) / (2 * (x - site))) + 1;
          if (start > starts[count - 1]!) break;
          start = 0;
          count -= 1;
        }
        if (start >= width) continue;
        sites[count] = x;
        starts[count] = start;
        count += 1;
      }
      for (let i = 0; i < count; i++) {
        const end = i + 1 < count ? starts[i + 1]! : width;
        run(starts[i]!, end, sites[i]!, distances[sites[i]!]!);
      }
    },
  };
}
