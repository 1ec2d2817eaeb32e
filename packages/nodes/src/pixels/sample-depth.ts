import type { SampleDepth } from "@inlay/engine";

/** The sample that means full intensity. */
export const fullScale: Readonly<Record<SampleDepth, number>> = { u8: 255, u16: 65_535, f32: 1 };

/** The typed array that holds samples of a depth. */
export const sampleArrays = { u8: Uint8Array, u16: Uint16Array, f32: Float32Array } as const;
