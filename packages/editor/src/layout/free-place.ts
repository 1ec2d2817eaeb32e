import { type Box, type Point } from "../document/graph.ts";
import { grown, touches } from "./boxes.ts";

/** What is known to stand where: the layout, and the notes. */
interface Standing {
  readonly layout: { within(area: Box): readonly string[] };
  readonly notes: readonly Box[];
}

/** Room that a new thing leaves around itself, how far apart places are tried, and how far away. */
const [room, step, farthest] = [16, 40, 60];

/** The nearest place for a new box, to where it is wanted, that covers no node and no note; the wanted one when all is full. */
export function freePlace({ layout, notes }: Standing, wanted: Box): Point {
  const isFree = (place: Point): boolean => {
    const area = grown({ ...wanted, ...place }, room);
    return layout.within(area).length === 0 && !notes.some((note) => touches(note, area));
  };
  for (let ring = 0; ring <= farthest; ring++) {
    const free = around(wanted, ring).filter(isFree);
    const away = ({ x, y }: Point) => Math.hypot(x - wanted.x, y - wanted.y);
    if (free.length > 0) return free.reduce((best, place) => (away(place) < away(best) ? place : best));
  }
  return { x: wanted.x, y: wanted.y };
}

/** The places of a square ring around a place, to the right and below first. */
function around({ x, y }: Point, ring: number): Point[] {
  if (ring === 0) return [{ x, y }];
  const places: Point[] = [];
  for (let i = ring; i > -ring; i--) {
    places.push({ x: x + ring * step, y: y + i * step }, { x: x - i * step, y: y + ring * step });
    places.push({ x: x - ring * step, y: y - i * step }, { x: x + i * step, y: y - ring * step });
  }
  return places;
}
