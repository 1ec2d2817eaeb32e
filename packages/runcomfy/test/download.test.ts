import { expect, test } from "vitest";
import { failure, setUp, TOKEN } from "./bench.ts";
import { bytes, completed, html, json, png, startServer, type Answer } from "./scripted-server.ts";

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70]);
const webp = Buffer.from("RIFF\x10\0\0\0WEBPVP8 ", "latin1");
const mp4 = Buffer.from("\0\0\0\x18ftypmp42", "latin1");

const redirect =
  (location: string): Answer =>
  (response) => {
    response.writeHead(302, { location });
    response.end();
  };

test("downloads without the token", async () => {
  const { run, server } = await setUp();
  await run();
  const [file] = server.of("file");
  expect(file?.url).toBe("/out.png");
  expect(JSON.stringify(file)).not.toContain(TOKEN);
  expect(file?.headers.authorization).toBeUndefined();
});

test("the magic bytes decide the type, whatever the header says", async () => {
  for (const [body, mime] of [
    [png, "image/png"],
    [jpeg, "image/jpeg"],
    [webp, "image/webp"],
  ] as const) {
    const { client, server } = await setUp({ file: [bytes(body, { "content-type": "text/plain" })] });
    expect((await client.download(`${server.url}/x`)).mime).toBe(mime);
  }
});

const bad: readonly (readonly [name: string, answer: Answer, code: string])[] = [
  ["a video", bytes(mp4), "remote.file-type"],
  ["a page of HTML with status 200", html, "remote.file-type"],
  ["nothing", bytes(new Uint8Array()), "remote.file-empty"],
  ["a redirect to another host", redirect("https://example.com/x.png"), "remote.redirect"],
  ["a redirect to another port of this machine", redirect("http://127.0.0.1:1/x.png"), "remote.redirect"],
];

for (const [name, answer, code] of bad) {
  test(`${name} in place of an image is ${code}, and the job stays collectable`, async () => {
    const { run, state } = await setUp({ file: [answer] });
    expect(await failure(run())).toMatchObject({ code, requestId: "r1" });
    expect(["submitted", "detached"]).toContain(state());
  });
}

test("a redirect on the same host is followed", async () => {
  const { run, server } = await setUp({ file: [redirect("/elsewhere.png"), bytes(png)] });
  expect((await run()).files).toHaveLength(1);
  expect(server.of("file").map((request) => request.url)).toEqual(["/out.png", "/elsewhere.png"]);
});

test("a body that breaks off is fetched again", async () => {
  const broken: Answer = (response) => {
    response.writeHead(200, { "content-length": String(png.length) });
    response.write(png.subarray(0, 20));
    setTimeout(() => response.socket?.destroy(), 5);
  };
  const { run, server } = await setUp({ file: [broken, bytes(png)] });
  expect((await run()).files[0]?.bytes.length).toBe(png.length);
  expect(server.of("file")).toHaveLength(2);
});

test("a body that always breaks off is a distinct error", async () => {
  const broken: Answer = (response) => {
    response.writeHead(200, { "content-length": String(png.length) });
    response.write(png.subarray(0, 20));
    setTimeout(() => response.socket?.destroy(), 5);
  };
  const { run } = await setUp({ file: [broken] });
  expect((await failure(run())).code).toBe("remote.file-truncated");
});

test("a file that says it is 5 GB is not read", async () => {
  const { run, server } = await setUp({
    file: [
      (response) => {
        response.writeHead(200, { "content-length": String(5 * 1024 ** 3) });
        response.write(png);
      },
    ],
  });
  expect((await failure(run())).code).toBe("remote.file-size");
  expect(server.of("file")).toHaveLength(1);
});

test("a file that does not say how long it is ends at 64 MiB", async () => {
  let written = 0;
  const endless: Answer = (response) => {
    const block = Buffer.alloc(1024 * 1024);
    const more = (): void => {
      while (!response.destroyed && written < 256 && response.write(block)) written += 1;
    };
    response.on("drain", () => ((written += 1), more()));
    more();
  };
  const { run } = await setUp({ file: [endless] }, { timing: { download: 20_000 } });
  expect((await failure(run())).code).toBe("remote.file-size");
  expect(written).toBeLessThan(100);
});

for (const status of [403, 404, 410]) {
  test(`a URL that answers ${status} is asked for once more`, async () => {
    const { run, server } = await setUp({
      result: [
        completed((origin) => ({ image: `${origin}/old.png` })),
        completed((origin) => ({ image: `${origin}/new.png` })),
      ],
      file: [json({}, status), bytes(png)],
    });
    expect((await run()).files).toHaveLength(1);
    expect(server.of("file").map((request) => request.url)).toEqual(["/old.png", "/new.png"]);
  });
}

test("a URL that is refused after the refresh too means that the paid result is gone", async () => {
  const { run, server, state } = await setUp({ file: [json({}, 403)] });
  const error = await failure(run());
  expect(error).toMatchObject({ code: "remote.expired", requestId: "r1" });
  expect(error.message).toContain("gone");
  expect(server.of("file")).toHaveLength(2);
  expect(await failure(run())).toBeDefined();
  expect(server.of("submit")).toHaveLength(1);
  expect(state()).not.toBe("failed");
});

test("of an output with a list of images that has no sensible end, none is fetched", async () => {
  const images = (origin: string): string[] => new Array<string>(17).fill(`${origin}/out.png`);
  const { run, server } = await setUp({ result: [completed((origin) => ({ images: images(origin) }))] });
  expect(await failure(run())).toMatchObject({ code: "remote.output", requestId: "r1" });
  expect(server.of("file")).toEqual([]);
});

const outside = [
  "http://files.runcomfy.net/x.png",
  "https://example.com/x.png",
  "https://runcomfy.net.example.com/x.png",
  "https://notruncomfy.net/x.png",
  "https://user:pass@files.runcomfy.net/x.png",
  "https://169.254.169.254/latest/meta-data",
  "file:///etc/passwd",
  "data:image/png;base64,AAAA",
  "nothing",
];

test("URLs outside the allowed hosts are refused without a connection", async () => {
  const { client } = await setUp();
  for (const url of outside) expect(await failure(client.download(url)), url).toMatchObject({ code: "remote.host" });
});

test("another port of this machine is not the service's own origin", async () => {
  const other = await startServer();
  const { client } = await setUp();
  expect((await failure(client.download(`${other.url}/x.png`))).code).toBe("remote.host");
  expect(other.received).toEqual([]);
  await other.close();
});

test("an allowed name that resolves to a private address is refused, unless the service is this machine", async () => {
  const { client } = await setUp(
    {},
    { baseUrl: "https://model-api.example", allowedDownloadHosts: ["localhost", "127.0.0.1"] },
  );
  for (const host of ["localhost", "127.0.0.1"]) {
    expect(await failure(client.download(`https://${host}:9/x.png`))).toMatchObject({ code: "remote.private-host" });
  }
});
