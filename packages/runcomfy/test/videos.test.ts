import { expect, test } from "vitest";
import { failure, setUp } from "./bench.ts";
import { bytes, completed } from "./scripted-server.ts";

const mp4 = Buffer.from("\0\0\0\x18ftypmp42", "latin1");
const webm = Buffer.from("\x1a\x45\xdf\xa3more", "latin1");
const video = completed((origin) => ({ video: `${origin}/a.mp4` }));

test("a job that is to give videos gives their bytes, and its journal says succeeded", async () => {
  const videos = completed((origin) => ({ videos: [`${origin}/a.mp4`, `${origin}/b.webm`] }));
  const { run, state } = await setUp({ result: [videos], file: [bytes(mp4), bytes(webm)] });
  const { files, settled } = await run({ output: "videos" });
  expect(files).toEqual([
    { mime: "video/mp4", bytes: mp4 },
    { mime: "video/webm", bytes: webm },
  ]);
  await settled();
  expect(state()).toBe("succeeded");
});

test("an image where a video was asked for is an error that keeps the job", async () => {
  const { run, server } = await setUp({});
  expect(await failure(run({ output: "videos" }))).toMatchObject({ code: "remote.output", requestId: "r1" });
  expect((await run()).attached).toBe(true);
  expect(server.of("submit")).toHaveLength(1);
});

test("a file that is no video is refused where one was asked for", async () => {
  const { run } = await setUp({ result: [video] });
  expect(await failure(run({ output: "videos" }))).toMatchObject({ code: "remote.file-type" });
});
