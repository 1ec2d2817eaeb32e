import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { RunEvent } from "@inlay/engine";
import type { FaultPlan, Sandbox } from "@inlay/sandbox";
import sharp from "sharp";
import { describe, expect, onTestFinished, test } from "vitest";
import { readSamples } from "../support/pictures.ts";
import {
  drawPicture,
  link,
  node,
  PHOTO,
  smallWorkflow,
  smallWorkspace,
  type SmallWorkspace,
} from "../support/remote-workflow.ts";
import { type Dialect, everywhere, failureOf, openStage, profiles } from "../support/stage.ts";

// Cases 8–14 and 40: what a job is given, and a result of another size.

describe.each(profiles)("%s", (_name, dialect) => {
  test("case 8: an address that the service cannot reach is found before anything is paid", async () => {
    const { run, input, sandbox } = await openStage({ dialect });
    const server = createServer((_request, response) => response.writeHead(404).end());
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/photo.png`;
    const error = await failureOf(run({ body: () => ({ ...input, image_url: { kind: "media", url } }) }));
    expect(error).toMatchObject({ code: "remote.media-url", ending: "rejected", input: "image_url" });
    expect(error.message).toContain("Nothing was submitted or paid");
    expect(sandbox.calls()).toEqual([]);
  });

  test.each(["http://example.com/photo.png", "https://localhost/photo.png", "https://10.0.0.7/photo.png"])(
    "case 9: %s is refused before any network",
    async (url) => {
      const { run, input, sandbox } = await openStage({ dialect });
      const error = await failureOf(run({ body: () => ({ ...input, image_url: { kind: "media", url } }) }));
      expect(error).toMatchObject({ code: "remote.media-url", ending: "rejected", input: "image_url" });
      expect(sandbox.calls()).toEqual([]);
    },
  );
});

const open = (dialect: Dialect, faults?: FaultPlan): Promise<SmallWorkspace> =>
  smallWorkspace({ dialect, ...(faults && { faults }) });

/** The code with which a run fails; nothing may have been submitted. */
async function refusal(
  { inlay, sandbox }: SmallWorkspace,
  parts: Parameters<typeof smallWorkflow>[0],
): Promise<unknown> {
  const before = submits(sandbox);
  const { errors } = await inlay.run(smallWorkflow(parts)).report;
  expect(submits(sandbox)).toBe(before);
  return errors[0]?.code;
}

const submits = (sandbox: Sandbox): number => sandbox.calls().filter(({ call }) => call === "submit").length;

describe("everywhere, and by a publisher where data URIs are refused", () => {
  test("case 11: a mask of the picture's shape is scaled to its size", () =>
    everywhere(async (dialect) => {
      const opened = await open(dialect);
      await drawPicture(join(opened.folder, "mask.png"), { width: 64, height: 48 }, 255);
      await run(opened, { nodes: maskFromFile });
      const [job] = opened.sandbox.ledger();
      expect(job).toMatchObject({ image: PHOTO, mask: { ...PHOTO, white_pixels: PHOTO.width * PHOTO.height } });
    }));

  test("case 11: a mask of another shape is refused, since the service would shift it", () =>
    everywhere(async (dialect) => {
      const opened = await open(dialect);
      await drawPicture(join(opened.folder, "mask.png"), { width: 30, height: 30 }, 255);
      expect(await refusal(opened, { nodes: maskFromFile })).toBe("mask.size-mismatch");
    }));

  test("case 12: an empty mask is refused; a full one is a warning", () =>
    everywhere(async (dialect) => {
      const opened = await open(dialect);
      await drawPicture(join(opened.folder, "mask.png"), PHOTO, 0);
      expect(await refusal(opened, { nodes: maskFromFile })).toBe("mask.empty");
      await drawPicture(join(opened.folder, "mask.png"), PHOTO, 255);
      const events = await run(opened, { nodes: maskFromFile });
      expect(warnings(events)).toEqual([expect.stringContaining("whole picture")]);
    }));

  test("case 13: a mask that is the wrong way round is turned by an explicit option, and only by it", () =>
    everywhere(async (dialect) => {
      const opened = await open(dialect);
      const [selected, all] = [80, PHOTO.width * PHOTO.height];
      await run(opened);
      await run(opened, { inpaint: { invert_mask: true } });
      const received = opened.sandbox.ledger().map(({ mask }) => mask?.white_pixels);
      expect(received).toEqual([selected, all - selected]);
    }));

  test("case 14: control that does not start before it ends is refused", () =>
    everywhere(async (dialect) => {
      const opened = await open(dialect);
      const parts = { inpaint: { control_start: 0.6, control_end: 0.6 } };
      await expect(Promise.resolve(opened.inlay.run(smallWorkflow(parts)))).rejects.toMatchObject({
        code: expect.stringMatching(/^(workflow\.invalid|input\.control-range)$/) as string,
      });
      expect(opened.sandbox.calls()).toEqual([]);
    }));

  test("case 40: a result of another size and the same shape is scaled", () =>
    everywhere(async (dialect) => {
      const faults: FaultPlan = { script: { file: [{ fault: "resized", width: 64, height: 48 }] } };
      const opened = await open(dialect, faults);
      await run(opened);
      const saved = await readSamples(join(opened.folder, "outputs", "out.png"));
      expect([saved.width, saved.height]).toEqual([PHOTO.width, PHOTO.height]);
    }));

  test("case 40: a result of another shape is an error, and the job is not paid again", () =>
    everywhere(async (dialect) => {
      const resized = { fault: "resized", width: 48, height: 48, times: "always" } as const;
      const opened = await open(dialect, { script: { file: [resized] } });
      for (let attempt = 1; attempt <= 2; attempt++) {
        const { errors } = await opened.inlay.run(smallWorkflow()).report;
        expect(errors[0]).toMatchObject({ code: "remote.output-size", node: "inpaint" });
      }
      expect(opened.sandbox.ledger()).toHaveLength(1);
    }));
});

// How a picture is encoded is settled before the service is asked anything: its dialects differ in what comes after.

test("case 10: a picture whose PNG is over the limit is sent as JPEG, and the person is told", async () => {
  // What was received is on the ledger; what the service would make of it is left out.
  const opened = await open({}, { script: { submit: [{ fault: "fails", message: "enough" }] } });
  const noise = { type: "gaussian", mean: 128, sigma: 90 } as const;
  await sharp({ create: { width: 1600, height: 1400, channels: 3, background: "#777", noise } })
    .png({ compressionLevel: 0 })
    .toFile(join(opened.folder, "photo.png"));
  const events: RunEvent[] = [];
  await opened.inlay.run(smallWorkflow(), {}, { onEvent: (event) => events.push(event) }).report;
  expect(warnings(events)).toEqual([expect.stringContaining("JPEG")]);
  const sent = String(opened.sandbox.ledger()[0]?.parameters["image_url"]);
  const [, characters] = /^data:image\/jpeg;… \((\d+) characters/.exec(sent) ?? [];
  expect(Number(characters)).toBeLessThanOrEqual((inlineLimit * 4) / 3 + 100);
});

test("case 10: what is over the limit and has no publisher is refused before any network", () =>
  everywhere(async (dialect) => {
    const { run, input, sandbox, state } = await openStage({ dialect });
    const bytes = new Uint8Array(inlineLimit + 1);
    const media = { kind: "media", bytes, mime: "image/png" } as const;
    const error = await failureOf(run({ body: () => ({ ...input, image_url: media }) }));
    expect(error).toMatchObject({ code: "remote.media", ending: "rejected", input: "image_url" });
    expect(error.suggestion).toContain("publisher");
    expect([sandbox.calls(), state() ?? "free"]).toEqual([[], "free"]);
  }));

/** What a request may hold of one picture, in bytes. */
const inlineLimit = 6 * 2 ** 20;

const maskFromFile = {
  mask_file: node("image/load", { source: { $file: "mask.png" } }),
  mask: node("mask/from-image", { image: link("mask_file", "image") }),
};

async function run(
  { inlay, sandbox }: SmallWorkspace,
  parts: Parameters<typeof smallWorkflow>[0] = {},
): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  const started = inlay.run(smallWorkflow(parts), {}, { onEvent: (event) => events.push(event) });
  const { status, errors } = await started.report;
  expect(errors, JSON.stringify(errors)).toEqual([]);
  expect(status).toBe("succeeded");
  expect(sandbox.ledger().length).toBeGreaterThan(0);
  return events;
}

function warnings(events: readonly RunEvent[]): readonly string[] {
  return events.flatMap((event) => (event.type === "node.log" && event.level === "warning" ? [event.message] : []));
}
