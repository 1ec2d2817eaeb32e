import type { ArtifactStore } from "../host.ts";
import { expectBytes, expectRejection, expectSame, expectThat, type ConformanceCase } from "./conformance-case.ts";

const abc = Uint8Array.of(97, 98, 99);
/** SHA-256 of `abc` and of nothing: FIPS 180-4, and its well-known empty case. */
const hashOfAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const hashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const mime = "text/plain";

/**
 * What every `ArtifactStore` must do, for any test runner.
 *
 * @param make a new, empty store that has room for two megabytes
 * @example
 * for (const { name, run } of artifactStoreConformance(() => fileArtifacts(workspace))) test(name, run);
 */
export function artifactStoreConformance(
  make: () => ArtifactStore | Promise<ArtifactStore>,
): readonly ConformanceCase[] {
  const withStore = (name: string, check: (store: ArtifactStore) => Promise<void>): ConformanceCase => ({
    name,
    run: async () => check(await make()),
  });
  return [
    withStore("bytes are named by their SHA-256, with size and type", async (store) => {
      const ref = await store.put(abc, { mime });
      expectSame(ref.kind, "artifact", "kind");
      expectSame(ref.sha256, hashOfAbc, "sha256");
      expectSame(ref.size, 3, "size");
      expectSame(ref.mime, mime, "mime");
    }),
    withStore("bytes come back as they were", async (store) => {
      const { sha256 } = await store.put(abc, { mime });
      expectSame(await store.has(sha256), true, "has");
      expectBytes(await store.get(sha256), abc, "what was put");
    }),
    withStore("nothing is an artifact too", async (store) => {
      const { sha256, size } = await store.put(new Uint8Array(0), { mime });
      expectSame(sha256, hashOfNothing, "sha256");
      expectSame(size, 0, "size");
      expectBytes(await store.get(sha256), new Uint8Array(0), "what was put");
    }),
    withStore("a part of a larger piece of memory is kept alone", async (store) => {
      const { sha256 } = await store.put(Uint8Array.of(0, 97, 98, 99, 0).subarray(1, 4), { mime });
      expectSame(sha256, hashOfAbc, "sha256");
      expectBytes(await store.get(sha256), abc, "what was put");
    }),
    withStore("what is not there is missing, and is no error to ask about", async (store) => {
      expectSame(await store.has(hashOfAbc), false, "has");
      await expectRejection(store.get(hashOfAbc), "artifact.missing");
    }),
    withStore("what is no hash is missing, whatever it names", async (store) => {
      await store.put(abc, { mime });
      for (const name of [
        "",
        "..",
        "../../x",
        "/etc/passwd",
        hashOfAbc.toUpperCase(),
        `${hashOfAbc}0`,
        "constructor",
      ]) {
        expectSame(await store.has(name), false, `has ${JSON.stringify(name)}`);
        await expectRejection(store.get(name), "artifact.missing");
      }
    }),
    withStore("the same bytes again are the same artifact", async (store) => {
      const refs = [await store.put(abc, { mime }), await store.put(abc.slice(), { mime })];
      expectSame(refs[1]?.sha256, refs[0]?.sha256, "sha256");
      expectBytes(await store.get(hashOfAbc), abc, "what was put twice");
    }),
    withStore("a later change of what was put, or was got, does not reach the artifact", async (store) => {
      const mine = abc.slice();
      const { sha256 } = await store.put(mine, { mime });
      mine.fill(0);
      (await store.get(sha256)).fill(1);
      expectBytes(await store.get(sha256), abc, "what was put");
    }),
    withStore("many at once do not disturb each other", async (store) => {
      const pieces = Array.from({ length: 32 }, (_, i) => new Uint8Array(1000 * (i % 8)).fill(i % 8));
      const refs = await Promise.all(pieces.map((bytes) => store.put(bytes, { mime })));
      expectSame(new Set(refs.map(({ sha256 }) => sha256)).size, 8, "the number of artifacts");
      const got = await Promise.all(refs.map(({ sha256 }) => store.get(sha256)));
      got.forEach((bytes, i) => expectBytes(bytes, pieces[i]!, `piece ${i}`));
    }),
    withStore("a megabyte comes back whole", async (store) => {
      const bytes = new Uint8Array(2 ** 20).map((_, i) => (i * 31) % 251);
      const { sha256 } = await store.put(bytes, { mime });
      const got = await store.get(sha256);
      expectThat(got.length === bytes.length && got.every((byte, i) => byte === bytes[i]), "every byte to come back");
    }),
  ];
}
