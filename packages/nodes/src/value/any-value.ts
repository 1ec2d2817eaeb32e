import { File, Image, Json, Mask } from "@inlay/engine";
import { z } from "zod";

/** What a node takes that hands values on without looking into them. */
export const AnyValue = z.union([Image, Mask, File, Json]);

/** Several of them. */
export const AnyList = z.array(AnyValue);
