import type { Workflow } from "@inlay/engine";

/** Opens what came from outside, after asking where unsaved work would be lost. */
export interface Opener {
  workflow(workflow: Workflow, name: string): void;
  /** A parcel: its pictures come with it. */
  parcel(file: File): void;
}
