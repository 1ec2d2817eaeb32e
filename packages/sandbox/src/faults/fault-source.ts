import { FAULT_CALLS, type Fault, type FaultCall, type FaultPlan, type ScriptedFault } from "./fault.ts";

/** Says for each call in turn what goes wrong with it. */
export interface FaultSource {
  next(call: FaultCall): Fault;
}

const NONE: Fault = { fault: "none" };

/** Makes the source of a plan. Each kind of call draws its own chances, so that more polls change no submit's fate. */
export function faultSource({ seed = 1, script = {}, chance = {} }: FaultPlan = {}): FaultSource {
  const turns = new Map(FAULT_CALLS.map((call) => [call, unroll(script[call] ?? [])]));
  const random = new Map(FAULT_CALLS.map((call, index) => [call, mulberry32(seed * 31 + index)]));
  return {
    next(call) {
      const scripted = turns.get(call)!.next();
      if (!scripted.done) return scripted.value;
      const { share, faults } = chance[call] ?? { share: 0, faults: [] };
      const draw = random.get(call)!;
      if (draw() >= share) return NONE;
      return faults[Math.floor(draw() * faults.length)] ?? NONE;
    },
  };
}

function* unroll(script: readonly ScriptedFault[]): Generator<Fault, void> {
  for (const { times = 1, ...fault } of script) {
    for (let turn = 0; times === "always" || turn < times; turn++) yield fault;
  }
}

/** Tommy Ettinger's generator of 32 bits of state: small, and the same on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
